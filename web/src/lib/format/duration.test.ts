import { describe, expect, it } from 'vitest';
import { clockDigits, count, secondsLeft, spokenDuration } from './duration';

describe('durations', () => {
  it.each([
    [0, '0:00'],
    [59_999, '0:59'],
    [60_000, '1:00'],
    [724_000, '12:04'],
    [3_723_000, '1:02:03'],
    [-5_000, '0:00'],
  ])('%i ms is %s', (ms, text) => expect(clockDigits(ms)).toBe(text));

  it.each([
    [0, '0 seconds'],
    [1_000, '1 second'],
    [65_000, '1 minute 5 seconds'],
    [3_720_000, '1 hour 2 minutes'],
  ])('%i ms is spoken as %s', (ms, text) => expect(spokenDuration(ms)).toBe(text));

  it('counts in words', () => {
    expect(count(1, 'event')).toBe('1 event');
    expect(count(14, 'event')).toBe('14 events');
  });
});

describe('a countdown', () => {
  it('shows 1 until the very end, then 0, and never less', () => {
    expect(secondsLeft(20_000, 0)).toBe(20);
    expect(secondsLeft(20_000, 19_001)).toBe(1);
    expect(secondsLeft(20_000, 19_999)).toBe(1);
    expect(secondsLeft(20_000, 20_000)).toBe(0);
    expect(secondsLeft(20_000, 99_000)).toBe(0);
  });

  it('never promises more than the whole span', () => {
    expect(secondsLeft(20_000, -700, 0)).toBe(20);
  });
});
