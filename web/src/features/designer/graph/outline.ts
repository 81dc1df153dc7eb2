// The flow read as a list: from the start on in the order of exits, then what is not reached.
import type { Flow } from './flow';
import { exitsOf, type Kinds } from './kinds';

/** Every node once, each after the one that leads to it first. */
export function readingOrder(flow: Flow, kinds: Kinds): readonly string[] {
  const seen = new Set<string>();
  const visit = (root: string) => {
    const waiting = [root];
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      const node = flow.nodes.get(id);
      if (node === undefined || seen.has(id)) continue;
      seen.add(id);
      const targets = exitsOf(node, kinds).map(({ name }) => node.exits.get(name));
      waiting.push(...targets.filter((to) => to !== undefined).reverse());
    }
  };
  visit(flow.start);
  for (const id of [...flow.nodes.keys()].sort()) visit(id);
  return [...seen];
}

/** Nodes that some path from the start leads to. */
export function reachable(flow: Flow): ReadonlySet<string> {
  const seen = new Set<string>();
  const waiting = [flow.start];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const node = flow.nodes.get(id);
    if (node === undefined || seen.has(id)) continue;
    seen.add(id);
    waiting.push(...node.exits.values());
  }
  return seen;
}
