// What a screen reader hears about offers: each once, then the countdown at 10 and 5 seconds only.

import { secondsLeft } from '@/lib/format/duration';
import type { Offered } from '../model/place';
import { caller, MEDIA, queueName } from '../model/words';

const MARKS = [10, 5] as const;

/** The next thing to say, if any. Everything said or passed is added to `said`. */
export function announcement(
  offers: readonly Offered[],
  now: number,
  locale: string,
  said: Set<string>,
): string | null {
  for (const work of offers) {
    const left = secondsLeft(work.offer.deadline, now, work.offer.offeredAt);
    const fresh = once(said, `${work.offer.id}:offer`);
    // Of the marks already passed only the nearest is worth saying, and none with the first words.
    const passed = MARKS.filter((mark) => left <= mark && once(said, `${work.offer.id}:${mark}`));
    if (fresh) return firstWords(work, left, locale);
    if (passed.length > 0 && left > 0) return `${left} seconds left to accept.`;
  }
  return null;
}

function firstWords(work: Offered, left: number, locale: string): string {
  const media = MEDIA[work.mediaType].text;
  const who = caller(work, locale);
  return `${media} offer from ${who}, queue ${queueName(work)}. ${left} seconds to accept with Alt A.`;
}

function once(said: Set<string>, key: string): boolean {
  if (said.has(key)) return false;
  said.add(key);
  return true;
}
