// The keys of the designer, for the keyboard and for the list of keys.

import type { Chord } from '@/lib/chord';
import type { Help } from '@/lib/help';
import { useHotkeys } from '@/lib/hotkeys';
import { NOTHING } from './state/choice';
import { useDesigner } from './state/context';
import { isTyping, PALETTE_SEARCH } from './state/regions';

const key = (name: string): Chord => ({ alt: false, key: name });
const ctrl = (name: string): Chord => ({ alt: false, ctrl: true, key: name });

const UNDO = ctrl('z');
const REDO = ctrl('y');
const SAVE = ctrl('s');
const ADD = key('/');

/** Those that the canvas hears are here by name only. */
export const HELP: Help = {
  keys: [
    { label: 'Find a node to add', chord: ADD },
    { label: 'Undo', chord: UNDO },
    { label: 'Redo', chord: REDO },
    { label: 'Copy, cut and paste nodes', chord: key('Ctrl+C, X, V') },
    { label: 'Choose all nodes', chord: ctrl('a') },
    { label: 'Remove what is chosen', chord: key('Delete') },
    { label: 'On the canvas: go to the next node', chord: key('Arrows') },
    { label: 'On the canvas: move what is chosen', chord: key('Alt+Arrows') },
    { label: 'On the canvas: edit the node', chord: key('Enter') },
    { label: 'On the canvas: connect its exits', chord: key('E') },
    { label: 'Choose nothing', chord: key('Escape') },
  ],
};

export function useDesignerKeys(showPalette: () => void): void {
  const { undo, redo, saver } = useDesigner();
  useHotkeys([
    { chord: UNDO, run: undo },
    { chord: REDO, run: redo },
    // It is saved anyway; the browser's own dialog would only be in the way.
    { chord: SAVE, run: () => void saver.flush() },
    {
      chord: ADD,
      run: () => {
        showPalette();
        document.getElementById(PALETTE_SEARCH)?.focus();
      },
    },
  ]);
}

/** Keys that are meant only where the drawing has the focus, not a field. */
export function useDrawingKeys(): (event: React.KeyboardEvent) => void {
  const { store, edit, choose } = useDesigner();
  return (event) => {
    if (isTyping(event.target)) return;
    const { choice, history } = store.getState();
    if (event.key === 'Escape') choose(NOTHING);
    if (event.key === 'a' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      choose({ nodes: new Set(history.present.flow.nodes.keys()), links: [] });
    }
    if (event.key !== 'Delete' && event.key !== 'Backspace') return;
    const { nodes, links } = choice;
    if (nodes.size + links.length === 0) return;
    event.preventDefault();
    edit({ type: 'remove', ids: [...nodes], links });
  };
}
