// What the canvas draws: cards and wires, each the same object as before while nothing of it changed.
import { type Edge, MarkerType, type Node, type NodeHandle, Position } from '@xyflow/react';
import type { Finding } from '../api/wire';
import type { Flow, FlowNode, Layout } from '../graph/flow';
import { CARD_WIDTH, cardHeight, PORT_IN_TOP, portAt, shownExits } from '../graph/geometry';
import type { Exit } from '../graph/kinds';
import { type Lit, linkKey } from '../graph/trace';
import type { Vocabulary } from '../graph/vocabulary';
import { summaryOf } from '../graph/words';
import type { Choice } from '../state/choice';

export type CardData = {
  readonly label: string;
  readonly kind: string;
  readonly group: string | undefined;
  readonly summary: string;
  readonly exits: readonly Exit[];
  /** Names of exits that lead somewhere. */
  readonly wired: ReadonlySet<string>;
  readonly worst: Finding['severity'] | null;
  readonly findings: number;
  readonly isStart: boolean;
  readonly isLit: boolean;
  /** Open interactions here now; null while the overlay is off. */
  readonly live: number | null;
};

export type CardNode = Node<CardData, 'card'>;

export interface Picture {
  readonly flow: Flow;
  readonly places: Layout;
  readonly choice: Choice;
  readonly findings: readonly Finding[];
  readonly lit: Lit;
  readonly live: ReadonlyMap<string, number> | null;
}

interface Kept {
  readonly key: readonly unknown[];
  readonly card: CardNode;
}

/** Draws cards, keeping those of the last picture that look the same. */
export class Cards {
  #kept = new Map<string, Kept>();

  constructor(readonly vocabulary: Vocabulary) {}

  draw({ flow, places, choice, findings, lit, live }: Picture): CardNode[] {
    const marks = marksOf(findings);
    const kept = new Map<string, Kept>();
    const [firstChosen] = choice.nodes;
    for (const [id, node] of flow.nodes) {
      const at = places.get(id) ?? { x: 0, y: 0 };
      const mark = marks.get(id);
      const isStart = flow.start === id;
      const isLit = lit.nodes.has(id);
      const here = live === null ? null : (live.get(id) ?? 0);
      const selected = choice.nodes.has(id);
      const isStop = choice.nodes.size === 0 ? isStart : id === firstChosen;
      const key = [
        node,
        at.x,
        at.y,
        mark?.worst,
        mark?.count,
        isStart,
        isLit,
        here,
        selected,
        isStop,
      ];
      const old = this.#kept.get(id);
      if (old?.key.every((each, i) => each === key[i])) kept.set(id, old);
      else {
        const data = this.#data(node, { mark, isStart, isLit, live: here });
        kept.set(id, { key, card: card(id, at, selected, isStop, data) });
      }
    }
    this.#kept = kept;
    return [...kept.values()].map((each) => each.card);
  }

  #data(node: FlowNode, marks: Marks): CardData {
    const { kinds } = this.vocabulary;
    const kind = kinds.get(node.kind);
    return {
      label: node.label,
      kind: kind?.title ?? node.kind,
      group: kind?.group,
      summary: summaryOf(node, this.vocabulary),
      exits: shownExits(node, kinds),
      wired: new Set(node.exits.keys()),
      worst: marks.mark?.worst ?? null,
      findings: marks.mark?.count ?? 0,
      isStart: marks.isStart,
      isLit: marks.isLit,
      live: marks.live,
    };
  }
}

interface Mark {
  worst: Finding['severity'];
  count: number;
}

interface Marks extends Pick<CardData, 'isStart' | 'isLit' | 'live'> {
  mark: Mark | undefined;
}

function marksOf(findings: readonly Finding[]): ReadonlyMap<string, Mark> {
  const marks = new Map<string, Mark>();
  for (const { node, severity } of findings) {
    if (node === null) continue;
    const mark = marks.get(node);
    const worst = mark?.worst === 'error' ? 'error' : severity;
    marks.set(node, { worst, count: (mark?.count ?? 0) + 1 });
  }
  return marks;
}

function card(
  id: string,
  position: { x: number; y: number },
  selected: boolean,
  isStop: boolean,
  data: CardData,
): CardNode {
  const size = { width: CARD_WIDTH, height: cardHeight(data.exits.length) };
  return {
    id,
    type: 'card',
    position,
    selected,
    data,
    ...size,
    measured: size,
    handles: handles(data.exits),
    ariaLabel: nameOf(data),
    // One stop for Tab: from there the arrow keys lead on.
    domAttributes: { 'aria-roledescription': 'node', tabIndex: isStop ? 0 : -1 },
  };
}

/** What a screen reader says of a card. */
function nameOf({ kind, label, isStart, findings, live }: CardData): string {
  const parts = [kind, label];
  if (isStart) parts.push('start');
  if (findings > 0) parts.push(findings === 1 ? '1 problem' : `${findings} problems`);
  if (live !== null) parts.push(`${live} here now`);
  return parts.join(', ');
}

/** Ports by number instead of by measuring: wires can be drawn for cards that are not in sight. */
function handles(exits: readonly Exit[]): NodeHandle[] {
  const target: NodeHandle = {
    type: 'target',
    position: Position.Left,
    x: -PORT / 2,
    y: PORT_IN_TOP - PORT / 2,
    width: PORT,
    height: PORT,
  };
  const sources = exits.map(({ name }, index): NodeHandle => {
    const { x, y } = portAt(index);
    const corner = { x: x - PORT / 2, y: y - PORT / 2, width: PORT, height: PORT };
    return { type: 'source', position: Position.Right, id: name, ...corner };
  });
  return [target, ...sources];
}

/** The size of a port. */
const PORT = 14;

export function wires(flow: Flow, choice: Choice, lit: Lit): Edge[] {
  const chosen = new Set(choice.links.map(linkKey));
  const edges: Edge[] = [];
  for (const [from, node] of flow.nodes) {
    for (const [exit, to] of node.exits) {
      if (!flow.nodes.has(to)) continue;
      const id = linkKey({ from, exit });
      const look = chosen.has(id) ? 'chosen' : lit.links.has(id) ? 'lit' : 'plain';
      edges.push({
        id,
        source: from,
        sourceHandle: exit,
        target: to,
        selected: chosen.has(id),
        className: look,
        markerEnd: { ...ARROW, color: COLORS[look] },
      });
    }
  }
  return edges;
}

/** Sized on its own: a wire that is lit is thicker, its arrow is not larger. */
const ARROW = {
  type: MarkerType.ArrowClosed,
  width: 20,
  height: 20,
  markerUnits: 'userSpaceOnUse',
} as const;

const COLORS = {
  plain: 'var(--line-strong)',
  chosen: 'var(--accent-text)',
  lit: 'var(--accent)',
} as const;
