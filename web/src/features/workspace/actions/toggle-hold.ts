import { isTalking, type Talking } from '../model/place';
import { type Action, alt, type Effect } from './action';
import { target } from './target';

export function holdOrResume(work: Talking): Effect {
  const kind = work.talk.heldSince == null ? 'hold' : 'resume';
  return { type: 'request', request: { kind, interactionId: work.interactionId } };
}

export const toggleHold: Action = {
  id: 'hold',
  label: 'Hold or resume the call',
  shortcut: alt('h'),
  available: (context) => target(context, isTalking) !== null,
  perform: (context) => {
    const work = target(context, isTalking);
    return work === null ? null : holdOrResume(work);
  },
};
