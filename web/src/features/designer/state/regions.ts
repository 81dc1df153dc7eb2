// Parts of the page that the keyboard jumps to, and those that keep the keys for themselves.

export const FORM = 'designer-form';
export const EXITS = 'designer-exits';
export const PALETTE_SEARCH = 'designer-palette-search';

/** A node in the outline. */
export const outlineId = (id: string) => `outline-${id}`;

/** Frames to wait for a node that is about to be drawn: the canvas draws it once it is in sight. */
const FRAMES_MAX = 60;

/** Moves the focus to a node, on the canvas or in the outline, whichever is there. */
export function focusNode(id: string, frames = FRAMES_MAX): void {
  requestAnimationFrame(() => {
    const card = `.react-flow__node[data-id="${CSS.escape(id)}"]`;
    const node =
      document.querySelector<HTMLElement>(card) ?? document.getElementById(outlineId(id));
    if (node !== null) node.focus();
    else if (frames > 0) focusNode(id, frames - 1);
  });
}

/** Whether the keys go into a field. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, select, textarea') !== null;
}
