// Telephone lines as the agent thinks of them: the second line belongs to the call it was opened for.
import type { State, Work } from '@/contract/types';
import { isTalking } from './place';

/** The line on which the agent asks somebody about this interaction. */
export function secondLine(state: State | null, interactionId: string): Work | null {
  return state?.work.find((work) => work.lineOf === interactionId) ?? null;
}

/** What stands in the list by itself: second lines stand with their first. */
export function ownWork(work: readonly Work[]): Work[] {
  return work.filter((each) => firstLine(work, each) === null);
}

/** The interaction that a second line of this agent belongs to. */
export function firstLine(work: readonly Work[], line: Work): Work | null {
  if (line.lineOf === null) return null;
  return work.find((each) => each.interactionId === line.lineOf) ?? null;
}

/**
 * A conversation without a customer: somebody is asked about one. Its first line may be over already;
 * then only the missing paperwork tells.
 */
export function isConsultation(work: Work): boolean {
  return work.lineOf !== null || (isTalking(work) && work.wrapUp === null);
}

/** Somebody besides this agent and the customer takes part. */
export function isConference(work: Work): boolean {
  return !isConsultation(work) && isTalking(work) && work.participants.length > 0;
}

/** Other agents go on with the customer when this one leaves. */
export function hasColleagues(work: Work): boolean {
  return isConference(work) && work.participants.some(({ kind }) => kind === 'agent');
}
