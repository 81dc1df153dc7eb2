import { type Action, alt } from './action';

export const openStatus: Action = {
  id: 'status',
  label: 'Change my status',
  shortcut: alt('s'),
  available: () => true,
  perform: () => ({ type: 'open', surface: { kind: 'status' } }),
};
