import type { Work } from '@/contract/types';
import { isConsultation, secondLine } from '../model/lines';
import { isTalking, type Talking } from '../model/place';
import { type Action, type ActionContext, alt, type Effect } from './action';
import { target } from './target';

/** Hands over to whoever is on the second line; without one, opens the choice. */
export function handOn(work: Talking, line: Work | null): Effect | null {
  const { interactionId } = work;
  if (line === null) return { type: 'open', surface: { kind: 'transfer', interactionId } };
  if (!isTalking(line)) return { type: 'say', text: NOT_ANSWERED };
  return { type: 'request', request: { kind: 'transfer', interactionId, to: null } };
}

export const NOT_ANSWERED = 'The second line is still ringing.';

function perform(context: ActionContext): Effect | null {
  const work = target(context, hasCustomer);
  return work === null ? null : handOn(work, secondLine(context.state, work.interactionId));
}

/** Whoever is asked about a customer has nobody to hand on. */
export function hasCustomer(work: Work): work is Talking {
  return isTalking(work) && !isConsultation(work);
}

export const transferCall: Action = {
  id: 'transfer',
  label: 'Transfer the call, or hand over to the second line',
  shortcut: alt('t'),
  available: (context) => perform(context) !== null,
  perform,
};
