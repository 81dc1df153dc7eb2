import { describe, expect, it } from 'vitest';
import { queueRow } from '@/testing/wallboard';
import { isBelowTarget, isOverdue, meanText, percentText, total } from './figure';

describe('a ratio', () => {
  it('is a dash when there is nothing to measure', () => {
    expect(percentText({ numerator: 0, denominator: 0 })).toBe('–');
    expect(meanText({ numerator: 0, denominator: 0 })).toBe('–');
  });

  it('is the worked example of the published formula', () => {
    expect(percentText({ numerator: 60, denominator: 92 })).toBe('65 %');
    expect(meanText({ numerator: 90_000, denominator: 2 })).toBe('0:45');
  });

  it('of several queues adds up both parts, not the percentages', () => {
    const rows = [
      queueRow({ serviceLevel: { numerator: 1, denominator: 1 } }),
      queueRow({ serviceLevel: { numerator: 0, denominator: 3 } }),
    ];
    expect(percentText(total(rows, ({ serviceLevel }) => serviceLevel))).toBe('25 %');
  });
});

describe('a promise', () => {
  it('is broken by less than the target, not by what is rounded to it', () => {
    const level = (numerator: number, denominator: number) =>
      isBelowTarget(queueRow({ serviceLevel: { numerator, denominator } }));
    expect(level(0, 0)).toBe(false);
    expect(level(8, 10)).toBe(false);
    expect(level(796, 1_000)).toBe(true);
  });

  it('of a wait is broken after its time', () => {
    const row = queueRow({ longestSince: 1_000, thresholdMs: 20_000 });
    expect(isOverdue(row, 21_000)).toBe(false);
    expect(isOverdue(row, 21_001)).toBe(true);
  });
});
