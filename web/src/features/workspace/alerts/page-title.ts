// The tab's title: the last alert that still works when sound and notifications do not.
import type { State } from '@/contract/types';
import { secondsLeft } from '@/lib/format/duration';
import { isOffered } from '../model/place';
import { queueName, statusText } from '../model/words';

/** `lit` alternates while an offer waits; the seconds are true in a background tab as well. */
export function pageTitle(state: State, now: number, lit: boolean): string {
  const offer = state.work.find(isOffered);
  if (offer !== undefined && lit) {
    return `▶ Offer ${secondsLeft(offer.offer.deadline, now, offer.offer.offeredAt)}s · ${queueName(offer)}`;
  }
  const { status, reason } = state.agent;
  return `${statusText(state.statuses, status, reason)} · Cordboard`;
}
