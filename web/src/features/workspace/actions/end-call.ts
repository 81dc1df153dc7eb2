import { isTalking, type Talking } from '../model/place';
import { type Action, alt, type Effect } from './action';
import { target } from './target';

export function end(work: Talking): Effect {
  return { type: 'request', request: { kind: 'end', interactionId: work.interactionId } };
}

export const endCall: Action = {
  id: 'end',
  label: 'End the call',
  shortcut: alt('e'),
  available: (context) => target(context, isTalking) !== null,
  perform: (context) => {
    const work = target(context, isTalking);
    return work === null ? null : end(work);
  },
};
