import type { Work } from '@/contract/types';
import { isDialling, isTalking } from '../model/place';
import { type Action, alt, type Effect } from './action';
import { target } from './target';

/** Ends the call, gives up ringing, or leaves a conference to the others. */
export function end({ interactionId }: Work, forAll = false): Effect {
  return { type: 'request', request: { kind: 'end', interactionId, forAll } };
}

function canEnd(work: Work): work is Work {
  return isTalking(work) || isDialling(work);
}

export const endCall: Action = {
  id: 'end',
  label: 'End the call, or leave the conference',
  shortcut: alt('e'),
  available: (context) => target(context, canEnd) !== null,
  perform: (context) => {
    const work = target(context, canEnd);
    return work === null ? null : end(work);
  },
};
