// The one rule of staying true: a state is only ever replaced whole, and only by a later one.
import type { State } from '@/contract/types';

/** The state to show next. An older or equal message, from whatever road, changes nothing. */
export function replaceState(current: State | null, incoming: State): State {
  return current === null || incoming.position > current.position ? incoming : current;
}
