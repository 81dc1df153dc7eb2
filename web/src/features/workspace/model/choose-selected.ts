// Which interaction is on screen. A new offer never takes the screen from one in work.
import type { Work } from '@/contract/types';

/** Keeps the chosen one while it exists; otherwise talk comes before wrap-up before offer. */
export function chooseSelected(work: readonly Work[], selectedId: string | null): string | null {
  if (work.some((each) => each.interactionId === selectedId)) return selectedId;
  const first = (place: Work['place']) => work.find((each) => each.place === place);
  const next = first('talking') ?? first('wrapUp') ?? first('offered');
  return next?.interactionId ?? null;
}

/** The neighbour in list order, around the ends. */
export function neighbour(work: readonly Work[], selectedId: string | null, step: 1 | -1) {
  if (work.length === 0) return null;
  const at = work.findIndex((each) => each.interactionId === selectedId);
  const next = at === -1 ? (step === 1 ? 0 : work.length - 1) : at + step;
  return work[(next + work.length) % work.length]?.interactionId ?? null;
}
