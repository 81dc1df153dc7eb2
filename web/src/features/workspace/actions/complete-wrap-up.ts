import { isWrappingUp, type WrappingUp } from '../model/place';
import { whatIsMissing } from '../model/wrap-up-check';
import { type Action, type ActionContext, alt, type Effect } from './action';
import { target } from './target';

/** Sends the draft, or says which list still wants a code. */
export function complete(work: WrappingUp, context: ActionContext): Effect {
  const draft = context.draftOf(work.interactionId);
  const missing = whatIsMissing(work.wrapUp, draft);
  if (missing !== null) return { type: 'say', text: missing };
  const known = new Set(work.wrapUp.codes.map((code) => code.id));
  const codes = draft.codes.filter((code) => known.has(code));
  const note = draft.note.trim();
  const { interactionId } = work;
  return { type: 'request', request: { ...draft, kind: 'wrapUp', interactionId, codes, note } };
}

export const completeWrapUp: Action = {
  id: 'complete',
  label: 'Complete the wrap-up',
  shortcut: alt('Enter'),
  available: (context) => target(context, isWrappingUp) !== null,
  perform: (context) => {
    const work = target(context, isWrappingUp);
    return work === null ? null : complete(work, context);
  },
};
