import { isOffered, type Offered } from '../model/place';
import { type Action, alt, type Effect } from './action';
import { target } from './target';

export function accept(work: Offered): Effect {
  const { interactionId, offer } = work;
  return { type: 'request', request: { kind: 'accept', interactionId, offerId: offer.id } };
}

export const acceptOffer: Action = {
  id: 'accept',
  label: 'Accept the offer',
  shortcut: alt('a'),
  available: (context) => target(context, isOffered) !== null,
  perform: (context) => {
    const work = target(context, isOffered);
    return work === null ? null : accept(work);
  },
};
