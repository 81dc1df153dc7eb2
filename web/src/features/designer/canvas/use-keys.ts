// The keyboard on the canvas: arrows go from node to node, Alt+arrows move what is chosen.
import type { KeyboardEvent } from 'react';
import type { Layout, Point } from '../graph/flow';
import { GRID } from '../graph/geometry';
import { only, single } from '../state/choice';
import { useDesigner } from '../state/context';
import { EXITS, FORM, focusNode, isTyping } from '../state/regions';

const WAYS: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/** Alt+arrow moves by so many steps of the grid, with Shift by more. */
const STEPS = 2;
const STEPS_FAST = 10;

export function useCanvasKeys(): (event: KeyboardEvent) => void {
  const { store, edit, choose } = useDesigner();
  const show = (id: string) => {
    choose(only(id));
    focusNode(id);
  };
  return (event) => {
    const { history, places, choice } = store.getState();
    const way = WAYS[event.key];
    if (event.ctrlKey || event.metaKey || isTyping(event.target)) return;
    if (way !== undefined && event.altKey) {
      event.preventDefault();
      const step = GRID * (event.shiftKey ? STEPS_FAST : STEPS);
      edit({ type: 'move', to: shifted(places, choice.nodes, way, step) }, 'move by key');
    } else if (way !== undefined) {
      event.preventDefault();
      const from = single(choice) ?? history.present.flow.start;
      const next = choice.nodes.size === 0 ? from : neighbour(places, from, way);
      if (next !== null) show(next);
    } else if (event.key === 'Enter' && single(choice) !== null) {
      event.preventDefault();
      focusFirst(FORM);
    } else if (event.key === 'e' && !event.altKey && single(choice) !== null) {
      event.preventDefault();
      focusFirst(EXITS);
    }
  };
}

function shifted(places: Layout, ids: ReadonlySet<string>, way: Point, step: number): Layout {
  const moved = new Map<string, Point>();
  for (const id of ids) {
    const at = places.get(id);
    if (at !== undefined) moved.set(id, { x: at.x + way.x * step, y: at.y + way.y * step });
  }
  return moved;
}

/** The nearest node that way: what lies beside the way counts double. */
export function neighbour(places: Layout, from: string, way: Point): string | null {
  const here = places.get(from);
  if (here === undefined) return null;
  let best: { id: string; far: number } | null = null;
  for (const [id, at] of places) {
    const [dx, dy] = [at.x - here.x, at.y - here.y];
    const along = dx * way.x + dy * way.y;
    const beside = Math.abs(dx * way.y) + Math.abs(dy * way.x);
    if (id === from || along <= 0 || beside > along * 3) continue;
    const far = along + 2 * beside;
    if (best === null || far < best.far) best = { id, far };
  }
  return best?.id ?? null;
}

function focusFirst(region: string): void {
  const control = 'input, select, textarea, button';
  document.getElementById(region)?.querySelector<HTMLElement>(control)?.focus();
}
