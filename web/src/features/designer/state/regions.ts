// Parts of the page that the keyboard jumps to, and those that keep the keys for themselves.

export const FORM = 'designer-form';
export const EXITS = 'designer-exits';
export const PALETTE_SEARCH = 'designer-palette-search';

/** Whether the keys go into a field. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, select, textarea') !== null;
}
