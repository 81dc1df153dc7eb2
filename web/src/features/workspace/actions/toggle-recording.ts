import { isTalking, type Talking } from '../model/place';
import { type Action, alt, type Effect } from './action';
import { target } from './target';

/** Records, or pauses: what was recorded is kept, so a pause is never an end. */
export function recordOrPause(work: Talking): Effect {
  const { interactionId, talk } = work;
  const recording = talk.recording === 'on' ? 'paused' : 'on';
  return { type: 'request', request: { kind: 'record', interactionId, recording } };
}

export const toggleRecording: Action = {
  id: 'record',
  label: 'Record, or pause the recording',
  shortcut: alt('r'),
  available: (context) => target(context, isTalking) !== null,
  perform: (context) => {
    const work = target(context, isTalking);
    return work === null ? null : recordOrPause(work);
  },
};
