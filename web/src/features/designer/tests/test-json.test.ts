import { describe, expect, it } from 'vitest';
import { NO_NAMES } from '../graph/vocabulary';
import {
  endWords,
  fromLines,
  fromLocalTime,
  fromSecondLines,
  lines,
  localTime,
  newTest,
  secondLines,
  setGiven,
} from './test-json';

describe('the JSON of a test', () => {
  it('keeps what is not known here', () => {
    const test = { name: 'a', given: { later: [1], digits: ['1'] }, expect: {} };
    expect(setGiven(test, ['digits'], ['2']).given).toEqual({ later: [1], digits: ['2'] });
  });

  it('gives new tests names that are free', () => {
    const tests = [{ name: 'Test 2', given: {}, expect: {} }];
    expect(newTest(tests).name).toBe('Test 3');
  });

  it('writes one answer per line, an empty one for the time that passes', () => {
    expect(fromLines('1\n\n2')).toEqual(['1', '', '2']);
    expect(lines(['1', '', '2'])).toBe('1\n\n2');
    expect(fromLines('')).toBeUndefined();
  });

  it('writes lengths in seconds, one per line', () => {
    expect(fromSecondLines('2.5\n\nx\n-1')).toEqual([2500, 0, 0, 0]);
    expect(secondLines([2500, 0])).toBe('2.5\n0');
    expect(fromSecondLines('')).toBeUndefined();
  });

  it('says how a run ended', () => {
    const names = { ...NO_NAMES, queue: [{ id: 101, name: 'Priority' }] };
    expect(endWords({ queue: 101 }, names)).toBe('in the queue Priority');
    expect(endWords({ queue: 5 }, names)).toBe('in the queue queue 5');
    expect(endWords('ranOff', names)).toBe('at an exit that leads nowhere');
  });

  it('reads and writes times of this browser', () => {
    const at = fromLocalTime('2026-11-24T09:30');
    expect(localTime(at)).toBe('2026-11-24T09:30');
    expect(localTime(0)).toBe('');
    expect(fromLocalTime('')).toBeUndefined();
  });
});
