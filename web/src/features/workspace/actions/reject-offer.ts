import { isOffered, type Offered } from '../model/place';
import { type Action, alt, type Effect } from './action';
import { target } from './target';

export function reject(work: Offered, reason: string | null): Effect {
  const { interactionId, offer } = work;
  return { type: 'request', request: { kind: 'reject', interactionId, offerId: offer.id, reason } };
}

/** With reasons to choose from, the key opens the choice; without, it rejects. */
export const rejectOffer: Action = {
  id: 'reject',
  label: 'Reject the offer',
  shortcut: alt('x'),
  available: (context) => target(context, isOffered) !== null,
  perform: (context) => {
    const work = target(context, isOffered);
    if (work === null) return null;
    if (context.state.rejectReasons.length === 0) return reject(work, null);
    return { type: 'open', surface: { kind: 'reject', interactionId: work.interactionId } };
  },
};
