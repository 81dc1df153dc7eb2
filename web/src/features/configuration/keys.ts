// The keys of every list of settings.
import type { Chord } from '@/lib/chord';
import type { Help } from '@/lib/help';

export const NEW: Chord = { alt: true, key: 'n' };
export const SAVE: Chord = { alt: true, key: 'Enter' };
export const SEARCH: Chord = { alt: false, key: '/' };

export const KEYS: Help = {
  keys: [
    { label: 'New', chord: NEW },
    { label: 'Save', chord: SAVE },
    { label: 'Search the list', chord: SEARCH },
    { label: 'From row to row', chord: { alt: false, key: '↑ ↓' } },
    { label: 'Close what is open', chord: { alt: false, key: 'Escape' } },
  ],
  links: [{ label: 'Contract: settings', href: '/contracts/administration#settings' }],
};
