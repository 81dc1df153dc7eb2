import type { Work } from '@/contract/types';
import { secondLine } from '../model/lines';
import { isTalking, type Talking } from '../model/place';
import { type Action, type ActionContext, alt, type Effect } from './action';
import { target } from './target';
import { hasCustomer, NOT_ANSWERED } from './transfer-call';

/** Joins the two lines; without a second one, opens the choice of whom to ask. */
export function confer(work: Talking, line: Work | null): Effect | null {
  const { interactionId } = work;
  if (line === null) return { type: 'open', surface: { kind: 'transfer', interactionId } };
  if (!isTalking(line)) return { type: 'say', text: NOT_ANSWERED };
  return { type: 'request', request: { kind: 'conference', interactionId } };
}

function perform(context: ActionContext): Effect | null {
  const work = target(context, hasCustomer);
  return work === null ? null : confer(work, secondLine(context.state, work.interactionId));
}

export const makeConference: Action = {
  id: 'conference',
  label: 'Make a conference',
  shortcut: alt('c'),
  available: (context) => perform(context) !== null,
  perform,
};
