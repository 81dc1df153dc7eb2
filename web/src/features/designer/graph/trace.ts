// What a trial run did, as the canvas shows it: the nodes it came to and the wires it took.
import type { Flow, Link } from './flow';

export interface Step {
  readonly node: string;
  /** Null when the run ended at the node. */
  readonly exit: string | null;
}

export interface Lit {
  readonly nodes: ReadonlySet<string>;
  readonly links: ReadonlySet<string>;
}

export const UNLIT: Lit = { nodes: new Set(), links: new Set() };

/** One word for a wire, for sets and for the canvas. */
export function linkKey({ from, exit }: Link): string {
  return JSON.stringify([from, exit]);
}

/**
 * Lights the wire by which the run went from each node to the next. An exit without a wire of its own
 * leads where another does (Test Variable's `missing` where `false` does, all of them where `error`
 * does); the wire that leads to the next node is then the one that is lit.
 */
export function litBy(steps: readonly Step[], flow: Flow): Lit {
  const links = new Set<string>();
  steps.forEach(({ node: from, exit }, index) => {
    const exits = flow.nodes.get(from)?.exits;
    if (exit === null || exits === undefined) return;
    const next = steps[index + 1]?.node;
    const taken = exits.has(exit)
      ? exit
      : ['false', 'error'].find((each) => next !== undefined && exits.get(each) === next);
    if (taken !== undefined) links.add(linkKey({ from, exit: taken }));
  });
  return { nodes: new Set(steps.map(({ node }) => node)), links };
}
