// Copy, cut and paste of nodes through the system's clipboard, so that they reach other scripts too.
import { messageOf } from '../api/message';
import { freePlace } from '../graph/arrange';
import { GRID } from '../graph/geometry';
import { parsePart, partFor, partText } from '../graph/part';
import { middleOf } from './add';
import type { Designer } from './designer';

/** Listens on the page until stopped. `tell` says what could not be pasted. */
export function watchClipboard(designer: Designer, tell: (message: string) => void): () => void {
  const copy = (event: ClipboardEvent) => {
    const { history, choice, places } = designer.store.getState();
    if (choice.nodes.size === 0 || isElsewhere(event)) return;
    const ids = [...choice.nodes];
    event.clipboardData?.setData('text/plain', partText(history.present.flow, ids, places));
    event.preventDefault();
    if (event.type === 'cut') designer.edit({ type: 'remove', ids });
  };
  const paste = (event: ClipboardEvent) => {
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (isElsewhere(event)) return;
    try {
      const part = parsePart(text);
      if (part === null) return;
      event.preventDefault();
      pastePart(designer, part);
    } catch (error) {
      tell(messageOf(error));
    }
  };
  document.addEventListener('copy', copy);
  document.addEventListener('cut', copy);
  document.addEventListener('paste', paste);
  return () => {
    document.removeEventListener('copy', copy);
    document.removeEventListener('cut', copy);
    document.removeEventListener('paste', paste);
  };
}

/** Beside where it was copied from, or in the middle of what is drawn. */
function pastePart(designer: Designer, copied: NonNullable<ReturnType<typeof parsePart>>): void {
  const { history, places } = designer.store.getState();
  const corner = [...copied.layout.values()][0] ?? middleOf(places);
  const wish = { x: corner.x + 4 * GRID, y: corner.y + 4 * GRID };
  const { kinds } = designer.vocabulary;
  const at = freePlace(wish, history.present.flow, places, kinds);
  const part = partFor(history.present, copied, at);
  designer.edit({ type: 'paste', part });
  designer.choose({ nodes: new Set(part.nodes.keys()), links: [] });
}

/** Text fields and dialogs have a clipboard of their own. */
function isElsewhere({ target }: ClipboardEvent): boolean {
  if (document.querySelector('[aria-modal="true"]') !== null) return true;
  if (!window.getSelection()?.isCollapsed) return true;
  return target instanceof Element && target.closest('input, textarea, select') !== null;
}
