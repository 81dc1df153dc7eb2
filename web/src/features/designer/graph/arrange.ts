// Where nodes stand: where somebody put them, and otherwise in layers from the start to the right.
import { Graph, layout as place } from '@dagrejs/dagre';
import type { Drawing, Flow, Layout, Point } from './flow';
import { CARD_WIDTH, cardHeight, shownExits, snapped } from './geometry';
import { exitsOf, type Kinds } from './kinds';
import { readingOrder } from './outline';

const BETWEEN_LAYERS = 72;
const BETWEEN_NODES = 32;

/** A place for every node: the same flow always gets the same places. */
export function arrange(flow: Flow, kinds: Kinds): Layout {
  const graph = new Graph();
  graph.setGraph({ rankdir: 'LR', ranksep: BETWEEN_LAYERS, nodesep: BETWEEN_NODES });
  graph.setDefaultEdgeLabel(() => ({}));
  const order = readingOrder(flow, kinds);
  const height = new Map<string, number>();
  for (const id of order) {
    const tall = tallOf(flow, id, kinds);
    height.set(id, tall);
    graph.setNode(id, { width: CARD_WIDTH, height: tall });
  }
  for (const id of order) {
    const node = flow.nodes.get(id);
    // In the order of the ports, which is how their targets then stand below each other.
    for (const { name } of node === undefined ? [] : exitsOf(node, kinds)) {
      const to = node?.exits.get(name);
      if (to !== undefined && to !== id && height.has(to)) graph.setEdge(id, to);
    }
  }
  place(graph);
  const corner = (id: string): Point => {
    const { x, y } = graph.node(id) as Point;
    return snapped({ x: x - CARD_WIDTH / 2, y: y - (height.get(id) ?? 0) / 2 });
  };
  return new Map(order.map((id) => [id, corner(id)]));
}

/** Where everything stands now. */
export function placesOf({ flow, layout }: Drawing, kinds: Kinds): Layout {
  if ([...flow.nodes.keys()].every((id) => layout.has(id))) return layout;
  const arranged = arrange(flow, kinds);
  return new Map([...arranged].map(([id, at]) => [id, layout.get(id) ?? at]));
}

/** A place near the wish where a card covers no other: further down, until one is free. */
export function freePlace(wish: Point, flow: Flow, places: Layout, kinds: Kinds): Point {
  const near = snapped(wish);
  const column = [...places]
    .filter(([, { x }]) => Math.abs(x - near.x) < CARD_WIDTH)
    .map(([id, { y }]) => ({ top: y, bottom: y + tallOf(flow, id, kinds) }))
    .sort((a, b) => a.top - b.top);
  let { y } = near;
  for (const { top, bottom } of column) {
    if (top - BETWEEN_NODES < y + NEW_HEIGHT && y < bottom) y = bottom + BETWEEN_NODES;
  }
  return snapped({ x: near.x, y });
}

/** Room for a new card: it has a few exits. */
const NEW_HEIGHT = cardHeight(3);

function tallOf(flow: Flow, id: string, kinds: Kinds): number {
  const node = flow.nodes.get(id);
  return cardHeight(node === undefined ? 0 : shownExits(node, kinds).length);
}
