import { isTalking, type Talking } from '../model/place';
import { type Action, alt, type Effect } from './action';
import { target } from './target';

export function muteOrUnmute(work: Talking): Effect {
  const { interactionId, talk } = work;
  return { type: 'request', request: { kind: 'mute', interactionId, muted: !talk.muted } };
}

export const toggleMute: Action = {
  id: 'mute',
  label: 'Mute or unmute myself',
  shortcut: alt('m'),
  available: (context) => target(context, isTalking) !== null,
  perform: (context) => {
    const work = target(context, isTalking);
    return work === null ? null : muteOrUnmute(work);
  },
};
