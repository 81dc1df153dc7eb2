import { type Action, alt } from './action';

export const openDial: Action = {
  id: 'dial',
  label: 'Call a number',
  shortcut: alt('d'),
  available: () => true,
  perform: () => ({ type: 'open', surface: { kind: 'dial' } }),
};
