// Where one interaction stands for this agent, and how the list speaks of it.
import type { Offer, State, Talk, Work, WrapUp } from '@/contract/types';

export type Offered = Work & { offer: Offer };
export type Talking = Work & { talk: Talk };
/** During the talk the paperwork is there, but its time does not run yet. */
export type Running = WrapUp & { startedAt: number; deadline: number };
export type WrappingUp = Work & { wrapUp: Running };

export function isOffered(work: Work): work is Offered {
  return work.place === 'offered' && work.offer != null;
}

export function isTalking(work: Work): work is Talking {
  return work.place === 'talking' && work.talk != null;
}

/** A number or a colleague is being rung. */
export function isDialling(work: Work): boolean {
  return work.place === 'dialling';
}

export function isWrappingUp(work: Work): work is WrappingUp {
  return work.place === 'wrapUp' && work.wrapUp?.startedAt != null;
}

export function findWork(state: State | null, interactionId: string | null): Work | null {
  return state?.work.find((work) => work.interactionId === interactionId) ?? null;
}
