// Every kind of setting that is set up here. Scripts have a designer of their own.
import type { ResourceName } from '@/contract/admin';
import type { Spec } from '../resource/spec';
import { agents } from './agents';
import { channels } from './channels';
import { reasons, transactionCodes } from './codes';
import { groups, skills } from './names';
import { queues } from './queues';
import { schedules } from './schedules';
import { users } from './users';
import { webhooks } from './webhooks';

export type SetUpHere = Exclude<ResourceName, 'scripts'>;

export const SPECS: { readonly [R in SetUpHere]: Spec<R> } = {
  users,
  queues,
  skills,
  agents,
  groups,
  channels,
  schedules,
  reasons,
  'transaction-codes': transactionCodes,
  webhooks,
};
