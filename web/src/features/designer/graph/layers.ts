// Layers from left to right: every wire but those of a loop leads to a later layer.
import type { Flow } from './flow';
import { exitsOf, type Kinds } from './kinds';
import { readingOrder } from './outline';

export interface Wire {
  readonly from: string;
  readonly to: string;
  /** Which of the node's exits it is, from the top. */
  readonly port: number;
}

export interface Layers {
  /** Nodes of each layer, in reading order. */
  readonly layers: readonly (readonly string[])[];
  /** The wires that lead on, without those that close a loop. */
  readonly wires: readonly Wire[];
}

/** Takes time in proportion to nodes and wires. */
export function layersOf(flow: Flow, kinds: Kinds): Layers {
  const order = readingOrder(flow, kinds);
  const out = new Map(order.map((id) => [id, wiresOf(flow, id, kinds)]));
  const { finished, loops } = walk(order, out);
  const depth = new Map<string, number>();
  for (const id of finished) {
    const here = depth.get(id) ?? 0;
    depth.set(id, here);
    for (const wire of out.get(id) ?? []) {
      if (!loops.has(wire)) depth.set(wire.to, Math.max(depth.get(wire.to) ?? 0, here + 1));
    }
  }
  const layers: string[][] = [];
  for (const id of order) {
    const layer = depth.get(id) ?? 0;
    while (layers.length <= layer) layers.push([]);
    layers[layer]?.push(id);
  }
  return { layers, wires: [...out.values()].flat().filter((wire) => !loops.has(wire)) };
}

function wiresOf(flow: Flow, from: string, kinds: Kinds): readonly Wire[] {
  const node = flow.nodes.get(from);
  if (node === undefined) return [];
  return exitsOf(node, kinds).flatMap(({ name }, port) => {
    const to = node.exits.get(name);
    return to !== undefined && flow.nodes.has(to) ? [{ from, to, port }] : [];
  });
}

/** Depth first: nodes so that each comes before those it leads to, and the wires that close a loop. */
function walk(order: readonly string[], out: ReadonlyMap<string, readonly Wire[]>) {
  const finished: string[] = [];
  const loops = new Set<Wire>();
  const state = new Map<string, 'open' | 'done'>();
  for (const root of order) {
    if (state.has(root)) continue;
    const path = [{ id: root, next: 0 }];
    state.set(root, 'open');
    for (let here = path.at(-1); here !== undefined; here = path.at(-1)) {
      const wire = out.get(here.id)?.[here.next];
      here.next += 1;
      if (wire === undefined) {
        state.set(here.id, 'done');
        finished.push(here.id);
        path.pop();
      } else if (state.get(wire.to) === 'open') loops.add(wire);
      else if (!state.has(wire.to)) {
        state.set(wire.to, 'open');
        path.push({ id: wire.to, next: 0 });
      }
    }
  }
  return { finished: finished.reverse(), loops };
}
