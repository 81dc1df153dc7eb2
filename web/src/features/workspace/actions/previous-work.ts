import { neighbour } from '../model/choose-selected';
import { type Action, alt } from './action';

export const previousWork: Action = {
  id: 'previous',
  label: 'Previous in my work',
  shortcut: alt('k'),
  available: (context) => context.state.work.length > 0,
  perform: (context) => {
    const interactionId = neighbour(context.state.work, context.selectedId, -1);
    return interactionId === null ? null : { type: 'select', interactionId };
  },
};
