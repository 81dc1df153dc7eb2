// Which interaction is on screen. A new offer never takes the screen from one in work.
import type { Work } from '@/contract/types';
import { firstLine, ownWork } from './lines';

/**
 * Keeps the chosen one while it exists; otherwise talk comes before wrap-up before offer. A second line
 * is on screen with its first.
 */
export function chooseSelected(all: readonly Work[], selectedId: string | null): string | null {
  const kept = all.find((each) => each.interactionId === selectedId);
  if (kept !== undefined) return (firstLine(all, kept) ?? kept).interactionId;
  const work = ownWork(all);
  const first = (place: Work['place']) => work.find((each) => each.place === place);
  const next = first('talking') ?? first('dialling') ?? first('wrapUp') ?? first('offered');
  return next?.interactionId ?? null;
}

/** The neighbour in list order, around the ends. */
export function neighbour(all: readonly Work[], selectedId: string | null, step: 1 | -1) {
  const work = ownWork(all);
  if (work.length === 0) return null;
  const at = work.findIndex((each) => each.interactionId === selectedId);
  const next = at === -1 ? (step === 1 ? 0 : work.length - 1) : at + step;
  return work[(next + work.length) % work.length]?.interactionId ?? null;
}
