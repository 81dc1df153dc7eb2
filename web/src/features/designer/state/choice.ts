// What is chosen on the canvas or in the outline.
import type { Flow, Link } from '../graph/flow';

export interface Choice {
  readonly nodes: ReadonlySet<string>;
  readonly links: readonly Link[];
}

export const NOTHING: Choice = { nodes: new Set(), links: [] };

export function only(id: string): Choice {
  return { nodes: new Set([id]), links: [] };
}

/** The one node whose form is shown; null when none or several are chosen. */
export function single({ nodes }: Choice): string | null {
  const [first] = nodes;
  return nodes.size === 1 && first !== undefined ? first : null;
}

/** The choice without what is gone; the very same one when all is there. */
export function stillThere(choice: Choice, flow: Flow): Choice {
  const nodes = [...choice.nodes].filter((id) => flow.nodes.has(id));
  const links = choice.links.filter(({ from, exit }) => flow.nodes.get(from)?.exits.has(exit));
  if (nodes.length === choice.nodes.size && links.length === choice.links.length) return choice;
  return { nodes: new Set(nodes), links };
}
