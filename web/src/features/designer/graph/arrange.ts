// Where nodes stand: where somebody put them, and otherwise in layers from the start to the right.
import type { Drawing, Flow, Layout, Point } from './flow';
import { CARD_WIDTH, cardHeight, PORT_IN_TOP, portAt, shownExits, snapped } from './geometry';
import type { Kinds } from './kinds';
import { layersOf, type Wire } from './layers';

const BETWEEN_LAYERS = 72;
const BETWEEN_NODES = 32;

/** A place for every node: the same flow always gets the same places. */
export function arrange(flow: Flow, kinds: Kinds): Layout {
  const { layers, wires } = layersOf(flow, kinds);
  const into = new Map<string, Wire[]>();
  for (const wire of wires) into.set(wire.to, [...(into.get(wire.to) ?? []), wire]);
  const places = new Map<string, Point>();
  layers.forEach((layer, index) => {
    const x = index * (CARD_WIDTH + BETWEEN_LAYERS);
    for (const [id, y] of column(layer, into, places, (each) => tallOf(flow, each, kinds))) {
      places.set(id, snapped({ x, y }));
    }
  });
  return places;
}

/** Each card beside the ports that lead to it, as near as the cards above and below it let it. */
function column(
  layer: readonly string[],
  into: ReadonlyMap<string, readonly Wire[]>,
  places: Layout,
  tall: (id: string) => number,
): ReadonlyMap<string, number> {
  const wished = layer.map((id) => ({ id, y: wishFor(into.get(id) ?? [], places) }));
  wished.sort((a, b) => a.y - b.y);
  const tops = new Map<string, number>();
  let [free, drift] = [Number.NEGATIVE_INFINITY, 0];
  for (const { id, y } of wished) {
    const top = Math.max(y, free);
    tops.set(id, top);
    drift += top - y;
    free = top + tall(id) + BETWEEN_NODES;
  }
  // All were pushed down: the column as a whole goes up by as much on average.
  const up = wished.length === 0 ? 0 : snapped({ x: 0, y: drift / wished.length }).y;
  return new Map([...tops].map(([id, top]) => [id, top - up]));
}

/** The middle of the ports that lead to it; 0 where none does. */
function wishFor(wires: readonly Wire[], places: Layout): number {
  if (wires.length === 0) return 0;
  const heights = wires.map(({ from, port }) => (places.get(from)?.y ?? 0) + portAt(port).y);
  return heights.reduce((sum, each) => sum + each, 0) / heights.length - PORT_IN_TOP;
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
