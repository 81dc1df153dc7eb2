// What an exit can lead to: nowhere, a node that is there, or a new one.
import type { Flow } from '../graph/flow';
import type { Kinds } from '../graph/kinds';

export interface Target {
  readonly type: 'nowhere' | 'node' | 'kind';
  /** Of the node, or the kind's name. */
  readonly id: string;
  readonly title: string;
}

const NOWHERE: Target = { type: 'nowhere', id: '', title: 'Nowhere' };

/** Those whose words contain what was typed: nodes first, the one it starts from last of them. */
export function targets(flow: Flow, kinds: Kinds, from: string, typed: string): readonly Target[] {
  const wish = typed.trim().toLowerCase();
  const nodes = [...flow.nodes].map(
    ([id, { label }]): Target => ({ type: 'node', id, title: label || id }),
  );
  const ordered = [...nodes.filter(({ id }) => id !== from), ...nodes.filter((n) => n.id === from)];
  const created = [...kinds.values()].map(
    ({ kind, title }): Target => ({ type: 'kind', id: kind, title: `New: ${title}` }),
  );
  const all = [...ordered, ...created].filter(({ title }) => title.toLowerCase().includes(wish));
  return wish === '' ? [NOWHERE, ...all] : all;
}
