// Ratios: divided here and nowhere else, always with what they are made of.
import type { Measure, QueueRow, Ratio } from '@/contract/types';
import { clockDigits } from '@/lib/format/duration';

/** `84 %`; a dash when there is nothing to measure. */
export function percentText({ numerator, denominator }: Ratio): string {
  return denominator === 0 ? '–' : `${percent({ numerator, denominator })} %`;
}

/** Whole percent, rounded. */
export function percent({ numerator, denominator }: Ratio): number {
  return Math.round((numerator * 100) / denominator);
}

/** The mean of a sum of milliseconds: `0:42`. */
export function meanText({ numerator, denominator }: Ratio): string {
  return denominator === 0 ? '–' : clockDigits(numerator / denominator);
}

/** Whether a promise is broken: exactly, not as rounded for the eye. */
export function isBelowTarget({ serviceLevel, targetPercent }: QueueRow): boolean {
  const { numerator, denominator } = serviceLevel;
  return denominator > 0 && numerator * 100 < targetPercent * denominator;
}

/** Whether the first in the queue has waited longer than is promised. */
export function isOverdue({ longestSince, thresholdMs }: QueueRow, now: number): boolean {
  return longestSince != null && now - longestSince > thresholdMs;
}

/** The numbers of several queues as one: counts and both parts of each ratio are added up. */
export function total(rows: QueueRow[], of: (row: QueueRow) => Ratio): Ratio {
  const sum = (part: keyof Ratio) => rows.reduce((all, row) => all + of(row)[part], 0);
  return { numerator: sum('numerator'), denominator: sum('denominator') };
}

/** `answered within the promised time (41) ÷ …`: the formula with its numbers filled in. */
export function filledIn(measure: Measure, ratio: Ratio): { top: string; bottom: string } {
  const unit = measure.unit === 'milliseconds';
  const top = unit ? clockDigits(ratio.numerator) : String(ratio.numerator);
  return {
    top: `${measure.numerator ?? ''}: ${top}`,
    bottom: `${measure.denominator ?? ''}: ${ratio.denominator}`,
  };
}
