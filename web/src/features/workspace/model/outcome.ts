// How the last call that this agent dialled ended without a talk, until it is read or dialled again.
import { create } from 'zustand';
import type { Work } from '@/contract/types';

export interface Outcome {
  number: string;
  queue: Work['queue'];
  text: string;
}

export const useOutcome = create<{ outcome: Outcome | null }>()(() => ({ outcome: null }));

export function setOutcome(outcome: Outcome | null): void {
  useOutcome.setState({ outcome });
}
