import type { Action } from './action';

/** A single character, so it can be switched off (WCAG 2.1.4); the sheet also has a button. */
export const showKeys: Action = {
  id: 'keys',
  label: 'Show this list',
  shortcut: { alt: false, key: '?' },
  available: () => true,
  perform: () => ({ type: 'open', surface: { kind: 'keys' } }),
};
