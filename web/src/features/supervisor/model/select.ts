// Which rows are shown, and in what order.
import type { AgentDoing, AgentRow, QueueRow } from '@/contract/types';
import { DOING } from './words';

export type QueueSort = 'name' | 'waiting' | 'longest' | 'level' | 'abandoned';
export type AgentSort = 'name' | 'doing' | 'since' | 'handled';

export interface AgentFilter {
  /** Part of a name. */
  text: string;
  queueId: number | null;
  doing: AgentDoing | null;
}

const ORDER = Object.keys(DOING) as AgentDoing[];

export function sortQueues(rows: QueueRow[], by: QueueSort): QueueRow[] {
  return sorted(rows, (a, b) => {
    switch (by) {
      case 'name':
        return 0;
      case 'waiting':
        return inQueue(b) - inQueue(a);
      case 'longest':
        return (a.longestSince ?? Infinity) - (b.longestSince ?? Infinity) || 0;
      case 'level':
        return share(a) - share(b) || 0;
      case 'abandoned':
        return b.abandoned - a.abandoned;
    }
  });
}

/** All who wait: who is being asked for keeps the place in the queue. */
export function inQueue({ waiting, offered }: QueueRow): number {
  return waiting + offered;
}

/** A queue with nothing to measure goes last. */
function share({ serviceLevel: { numerator, denominator } }: QueueRow): number {
  return denominator === 0 ? 2 : numerator / denominator;
}

export function sortAgents(rows: AgentRow[], by: AgentSort): AgentRow[] {
  return sorted(rows, (a, b) => {
    switch (by) {
      case 'name':
        return 0;
      case 'doing':
        return ORDER.indexOf(a.doing) - ORDER.indexOf(b.doing) || a.doingSince - b.doingSince;
      case 'since':
        return a.doingSince - b.doingSince;
      case 'handled':
        return b.handled - a.handled;
    }
  });
}

export function filterAgents(rows: AgentRow[], filter: AgentFilter): AgentRow[] {
  return rows.filter((row) => isIn(row, filter) && isDoing(row, filter));
}

/** How many do what, among those that the rest of the filter leaves. */
export function countDoing(rows: AgentRow[], filter: AgentFilter): Map<AgentDoing, number> {
  const counts = new Map(ORDER.map((doing) => [doing, 0]));
  for (const row of rows) {
    if (isIn(row, filter)) counts.set(row.doing, (counts.get(row.doing) ?? 0) + 1);
  }
  return counts;
}

function isIn({ name, queueIds }: AgentRow, { text, queueId }: AgentFilter): boolean {
  const inQueue = queueId === null || queueIds.includes(queueId);
  return inQueue && name.toLowerCase().includes(text.trim().toLowerCase());
}

function isDoing({ doing }: AgentRow, filter: AgentFilter): boolean {
  return filter.doing === null || doing === filter.doing;
}

/** ‘Agent 2’ before ‘Agent 10’. Made once: comparing by the language's rules is slow when the rules are looked up for each pair. */
const { compare: byName } = new Intl.Collator(undefined, { numeric: true });

/** Equals keep the order of their names, so that rows do not jump. */
function sorted<Row extends { name: string }>(
  rows: Row[],
  compare: (a: Row, b: Row) => number,
): Row[] {
  return rows.toSorted((a, b) => compare(a, b) || byName(a.name, b.name));
}
