// Compares two states and says what happened to this agent's work that the agent did not do.
import type { Change, State, Work } from '@/contract/types';
import { findWork } from './place';
import { queueName } from './words';

export interface Transition {
  interactionId: string;
  kind: 'offerGone' | 'callEnded' | 'wrapUpGone';
  text: string;
}

/** The kind of change in which the server tells it. */
const TOLD_BY: Record<Transition['kind'], Change['kind']> = {
  offerGone: 'offerEnded',
  callEnded: 'ended',
  wrapUpGone: 'completed',
};

/** `mine` tells whether a request of this page that means the same is under way. */
export function transitions(
  before: State | null,
  after: State,
  changes: readonly Change[],
  mine: (kind: Transition['kind'], interactionId: string) => boolean,
): Transition[] {
  const result: Transition[] = [];
  for (const work of before?.work ?? []) {
    const now = findWork(after, work.interactionId);
    const kind = kindOf(work, now);
    if (kind === null || mine(kind, work.interactionId)) continue;
    const told = changes.findLast(
      (change) => change.interactionId === work.interactionId && change.kind === TOLD_BY[kind],
    );
    const text = told === undefined ? fallback(kind, work) : sentence(told.text);
    result.push({ interactionId: work.interactionId, kind, text });
  }
  return result;
}

function kindOf(before: Work, now: Work | null): Transition['kind'] | null {
  if (before.place === 'offered' && now === null) return 'offerGone';
  if (before.place === 'talking' && now?.place !== 'talking') return 'callEnded';
  if (before.place === 'wrapUp' && now === null) return 'wrapUpGone';
  return null;
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function fallback(kind: Transition['kind'], work: Work): string {
  switch (kind) {
    case 'offerGone':
      return `The offer from ${queueName(work)} is no longer yours.`;
    case 'callEnded':
      return `The call from ${queueName(work)} has ended.`;
    case 'wrapUpGone':
      return `The wrap-up for ${queueName(work)} was closed.`;
  }
}
