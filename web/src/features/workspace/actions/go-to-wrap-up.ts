import { findWork } from '../model/place';
import { type Action, type ActionContext, alt } from './action';

/** The form is on screen from the moment a call is answered. */
function hasForm(context: ActionContext): boolean {
  const place = findWork(context.state, context.selectedId)?.place;
  return place === 'talking' || place === 'wrapUp';
}

export const goToWrapUp: Action = {
  id: 'wrapUp',
  label: 'Go to the wrap-up form',
  shortcut: alt('w'),
  available: hasForm,
  perform: (context) => (hasForm(context) ? { type: 'focus', region: 'wrapUp' } : null),
};
