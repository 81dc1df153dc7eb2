// Words for values that several kinds of setting have.
import type { Declined, ReasonFor, Role } from '@/contract/admin-types';
import type { MediaType } from '@/contract/types';
import type { Option } from '../resource/spec';

export const MEDIA: readonly Option<MediaType>[] = [
  { value: 'phone', label: 'Phone' },
  { value: 'chat', label: 'Chat' },
  { value: 'email', label: 'E-mail' },
  { value: 'sms', label: 'Text message' },
];

export const ROLES: readonly Option<Role>[] = [
  { value: 'agent', label: 'Agent' },
  { value: 'supervisor', label: 'Supervisor' },
  { value: 'administrator', label: 'Administrator' },
];

export const DECLINED: readonly Option<Declined>[] = [
  { value: 'stay', label: 'Stays available' },
  { value: 'break', label: 'Is put on a break' },
];

export const REASON_FOR: readonly Option<ReasonFor>[] = [
  { value: 'onBreak', label: 'On break' },
  { value: 'workOffline', label: 'Working offline' },
  { value: 'available', label: 'Available' },
  { value: 'loggedOut', label: 'Logged out' },
  { value: 'reject', label: 'Rejecting an offer' },
];

export function wordFor<V extends string>(options: readonly Option<V>[], value: V): string {
  return options.find((option) => option.value === value)?.label ?? value;
}
