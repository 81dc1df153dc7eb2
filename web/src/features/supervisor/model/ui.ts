// What this supervisor looks at: order, filter, and the one dialog in front.
import { create } from 'zustand';
import type { OpenInteraction } from '@/contract/types';
import type { AgentFilter, AgentSort, QueueSort } from './select';

export type Dialog =
  | { kind: 'agent'; agentId: string }
  | { kind: 'formula'; queueId: number; measure: string }
  | { kind: 'assign'; interaction: OpenInteraction }
  | { kind: 'requeue'; interaction: OpenInteraction };

interface UiStore {
  queueSort: QueueSort;
  agentSort: AgentSort;
  filter: AgentFilter;
  dialog: Dialog | null;
  /** What came of the last thing that was done. */
  told: { text: string; refused: boolean; code?: string } | null;
}

export const useUi = create<UiStore>()(() => ({
  queueSort: 'name',
  agentSort: 'name',
  filter: { text: '', queueId: null, doing: null },
  dialog: null,
  told: null,
}));

export function openDialog(dialog: Dialog | null): void {
  useUi.setState({ dialog });
}

export function setFilter(change: Partial<AgentFilter>): void {
  useUi.setState(({ filter }) => ({ filter: { ...filter, ...change } }));
}

export function tell(text: string): void {
  useUi.setState({ told: { text, refused: false } });
}

/** `code` is the server's word for why not. */
export function tellRefused(text: string, code: string): void {
  useUi.setState({ told: { text, refused: true, code } });
}

export function untell(): void {
  useUi.setState({ told: null });
}
