// A part of a flow on the clipboard: copied here, pasted here or into another script.
import { type Drawing, type Flow, type FlowNode, type Layout, NODES_MAX, type Point } from './flow';
import { FlowFault, flowJson, layoutJson, parseFlow, parseLayout } from './flow-json';
import { isRecord } from './json';
import { freeId } from './kinds';

export interface Part {
  readonly nodes: ReadonlyMap<string, FlowNode>;
  readonly layout: Layout;
}

const MARK = 'flow-part';

/** The chosen nodes with the wires between them, where they stand. */
export function partText(flow: Flow, ids: readonly string[], places: Layout): string {
  const chosen = new Set(ids);
  const nodes = new Map([...flow.nodes].filter(([id]) => chosen.has(id)).map(within(chosen)));
  const layout = new Map([...places].filter(([id]) => chosen.has(id)));
  const { nodes: json = {} } = flowJson({ start: '', nodes, tests: [] });
  return JSON.stringify({ cordboard: MARK, nodes: json, layout: layoutJson(layout) });
}

function within(chosen: ReadonlySet<string>) {
  return ([id, node]: [string, FlowNode]): [string, FlowNode] => {
    const exits = new Map([...node.exits].filter(([, to]) => chosen.has(to)));
    return [id, { ...node, exits }];
  };
}

/** Reads a part from the clipboard; null when that holds something else entirely. */
export function parsePart(content: string): Part | null {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch {
    return null;
  }
  if (!isRecord(value) || value['cordboard'] !== MARK) return null;
  const { nodes } = parseFlow({ start: '', nodes: value['nodes'] });
  return { nodes, layout: parseLayout(value['layout']) };
}

/** The part with ids that the flow does not have, its first node's corner at `at`. */
export function partFor({ flow }: Drawing, part: Part, at: Point): Part {
  if (flow.nodes.size + part.nodes.size > NODES_MAX) {
    throw new FlowFault('nodes', `a script has at most ${NODES_MAX} nodes`);
  }
  const ids = new Map<string, string>();
  const given = new Set<string>();
  for (const [id, node] of part.nodes) {
    const free = flow.nodes.has(id) || given.has(id) ? newId(node.kind) : id;
    given.add(free);
    ids.set(id, free);
  }
  function newId(kind: string): string {
    return freeId(kind, (id) => flow.nodes.has(id) || given.has(id) || part.nodes.has(id));
  }
  const rename = (id: string) => ids.get(id) ?? id;
  const nodes = new Map<string, FlowNode>();
  for (const [id, node] of part.nodes) {
    const exits = new Map([...node.exits].filter(([, to]) => ids.has(to)));
    for (const [exit, to] of exits) exits.set(exit, rename(to));
    nodes.set(rename(id), { ...node, exits });
  }
  return { nodes, layout: shifted(part.layout, rename, at) };
}

function shifted(layout: Layout, rename: (id: string) => string, at: Point): Layout {
  const places = [...layout.values()];
  const left = Math.min(...places.map(({ x }) => x));
  const top = Math.min(...places.map(({ y }) => y));
  return new Map(
    [...layout].map(([id, { x, y }]) => [rename(id), { x: x - left + at.x, y: y - top + at.y }]),
  );
}
