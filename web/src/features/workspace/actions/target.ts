// Which interaction a shortcut means: the one on screen if it fits, else the oldest that does. A second
// line is never meant: what is done to it is done through its first.
import type { Work } from '@/contract/types';
import { ownWork } from '../model/lines';
import type { ActionContext } from './action';

export function target<T extends Work>(
  context: ActionContext,
  fits: (work: Work) => work is T,
): T | null {
  const fitting = ownWork(context.state.work).filter(fits);
  return fitting.find((work) => work.interactionId === context.selectedId) ?? fitting[0] ?? null;
}
