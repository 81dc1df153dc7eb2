// The live picture of queues and agents, and how sure this page is of it.
import { create } from 'zustand';
import type { AgentRow, QueueRow, Wallboard } from '@/contract/types';
import { FIRST_LINK, type Link, type LinkEvent, nextLink } from '@/lib/link';

interface BoardStore {
  board: Wallboard | null;
  link: Link;
}

const FIRST: BoardStore = { board: null, link: FIRST_LINK };

export const useBoard = create<BoardStore>()(() => FIRST);

export function linkEvent(event: LinkEvent): void {
  useBoard.setState(({ link }) => ({ link: nextLink(link, event) }));
}

export function resetBoard(): void {
  useBoard.setState(FIRST);
}

/** The board with some rows replaced. What did not change keeps its identity, so that it is not drawn anew. */
export function withRows(
  board: Wallboard,
  position: number,
  now: number,
  queues: QueueRow[],
  agents: AgentRow[],
): Wallboard {
  return {
    ...board,
    position,
    now,
    queues: replaced(board.queues, queues),
    agents: replaced(board.agents, agents),
  };
}

function replaced<Row extends { id: string | number }>(before: Row[], changed: Row[]): Row[] {
  if (changed.length === 0) return before;
  const byId = new Map(changed.map((row) => [row.id, row]));
  return before.map((row) => byId.get(row.id) ?? row);
}
