// The words for the server's codes, in one place.
import type { AgentStatus, MediaType, Recording, StatusOption, Work } from '@/contract/types';
import { formatPhone } from '@/lib/format/phone';
import type { IconName } from '@/ui/icon';
import { isConsultation } from './lines';

export const MEDIA: Record<MediaType, { text: string; icon: IconName }> = {
  phone: { text: 'Phone', icon: 'phone' },
  chat: { text: 'Chat', icon: 'chat' },
  email: { text: 'E-mail', icon: 'email' },
  sms: { text: 'SMS', icon: 'sms' },
};

/** A shape for each status, so that it is never told by color alone. */
export const STATUS_ICON: Record<AgentStatus, IconName> = {
  available: 'check',
  onBreak: 'cup',
  workOffline: 'pencil',
  loggedOut: 'power',
};

/** Recording in words, with a shape of its own. */
export const RECORDING: Record<Recording, { text: string; icon: IconName }> = {
  off: { text: 'Not recorded', icon: 'ring' },
  on: { text: 'Recording', icon: 'record' },
  paused: { text: 'Recording paused', icon: 'pause' },
};

/** The name of a person, or else the number they called from; on a second line, who is asked or asks. */
export function caller(work: Work, locale: string): string {
  if (isConsultation(work)) return partyNames(work, locale);
  return work.callerName.trim() !== '' ? work.callerName : phone(work.ani, locale);
}

export function phone(number: string, locale: string): string {
  return number === '' ? 'Withheld number' : formatPhone(number, { locale }).text;
}

/** Everybody else who takes part, the customer left out. */
export function partyNames(work: Work, locale: string): string {
  const names = work.participants.map((each) => partyName(each, locale));
  return names.length === 0 ? 'Second line' : names.join(', ');
}

export function partyName({ kind, name }: Work['participants'][number], locale: string): string {
  return kind === 'number' ? phone(name, locale) : name;
}

/** What an offer is, for somebody who has seconds to decide. */
export function offerText(work: Work): string {
  if (isConsultation(work)) return 'A colleague asks you';
  return work.callback ? 'Callback' : `${MEDIA[work.mediaType].text} offer`;
}

/** The queue an interaction came through, or that it came through none. */
export function queueName(work: Work): string {
  if (isConsultation(work)) return 'Second line';
  return work.queue?.name ?? (work.direction === 'out' ? 'Outbound' : 'Direct');
}

/** Where an interaction stands, in the words of the list. */
export function placeText(work: Work): string {
  switch (work.place) {
    case 'offered':
      return 'Offer';
    case 'dialling':
      return 'Calling';
    case 'talking':
      return work.talk?.heldSince == null ? 'In talk' : 'On hold';
    case 'wrapUp':
      return 'Wrap-up';
  }
}

/** "Break · Lunch", as the server spells status and reason. */
export function statusText(
  options: readonly StatusOption[],
  status: AgentStatus,
  reason: string | null | undefined,
): string {
  const option = options.find((each) => each.status === status);
  const text = option?.text ?? FALLBACK[status];
  const because = option?.reasons.find((each) => each.code === reason)?.text ?? reason;
  return because == null || because === '' ? text : `${text} · ${because}`;
}

const FALLBACK: Record<AgentStatus, string> = {
  available: 'Available',
  onBreak: 'On break',
  workOffline: 'Working offline',
  loggedOut: 'Logged out',
};
