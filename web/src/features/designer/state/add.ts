// Putting a new node into the flow: where it was dropped, or after the node that is chosen.
import { freePlace } from '../graph/arrange';
import type { Flow, Layout, Link, Point } from '../graph/flow';
import { CARD_WIDTH, shownExits } from '../graph/geometry';
import { ERROR, freeId, type Kinds, newNode } from '../graph/kinds';
import { only, single } from './choice';
import type { Designer } from './designer';

/** What is dragged from the palette, as a type of the drag. */
export const DRAGGED_KIND = 'application/x-cordboard-node';

const BESIDE = 72;

export interface Where {
  /** Where it was dropped; otherwise beside the chosen node. */
  at?: Point;
  /** From which exit it is reached; otherwise the first open one of the chosen node. */
  from?: Link;
}

/** Adds a node and chooses it. Answers its id; null for a kind that does not exist. */
export function addNode(designer: Designer, kindName: string, where: Where = {}): string | null {
  const { store, vocabulary, edit, choose } = designer;
  const kind = vocabulary.kinds.get(kindName);
  if (kind === undefined) return null;
  const { history, places, choice } = store.getState();
  const { flow } = history.present;
  const wire = where.from ?? (where.at ? null : openExit(flow, single(choice), vocabulary.kinds));
  const beside = wire?.from ?? [...choice.nodes].at(-1) ?? flow.start;
  const id = freeId(kindName, (each) => flow.nodes.has(each));
  const wish = where.at ?? right(places.get(beside));
  const at = freePlace(wish, flow, places, vocabulary.kinds);
  edit({ type: 'add', id, node: newNode(kind, flow), at, ...(wire === null ? {} : { wire }) });
  choose(only(id), 'node');
  return id;
}

function right(at: Point | undefined): Point {
  return at === undefined ? { x: 0, y: 0 } : { x: at.x + CARD_WIDTH + BESIDE, y: at.y };
}

/** The first exit that leads nowhere yet; `error` is never meant. */
function openExit(flow: Flow, from: string | null, kinds: Kinds): Link | null {
  const node = from === null ? undefined : flow.nodes.get(from);
  if (node === undefined || from === null) return null;
  const open = shownExits(node, kinds).find(
    ({ name, stale }) => !stale && name !== ERROR && !node.exits.has(name),
  );
  return open === undefined ? null : { from, exit: open.name };
}

/** The middle of what is drawn: where something without a better place goes. */
export function middleOf(places: Layout): Point {
  const all = [...places.values()];
  const sum = all.reduce((a, b) => ({ x: a.x + b.x, y: a.y + b.y }), { x: 0, y: 0 });
  return all.length === 0 ? sum : { x: sum.x / all.length, y: sum.y / all.length };
}
