import { describe, expect, it } from 'vitest';
import { clockOf, hoursFaults, hoursWords, minuteOf } from './hours';

const day = (weekday: number, fromMinute = 540, toMinute = 1020) => ({
  weekday,
  fromMinute,
  toMinute,
});

describe('hours of a week', () => {
  it('are read as people write them, and 24:00 ends a day', () => {
    expect(['9', '9:30', '09.30', '0930', '24:00'].map(minuteOf)).toEqual([
      540, 570, 570, 570, 1440,
    ]);
    for (const wrong of ['', '25', '24:01', '9:60', 'nine', '9:5'])
      expect(minuteOf(wrong), wrong).toBeNaN();
    expect([0, 545, 1440].map(clockOf)).toEqual(['00:00', '09:05', '24:00']);
  });

  it('join days that are alike', () => {
    expect(hoursWords([])).toBe('never');
    expect(hoursWords([1, 2, 3, 4, 5].map((weekday) => day(weekday)))).toBe('Mon–Fri 09:00–17:00');
    expect(
      hoursWords([day(6, 600, 720), day(1), day(2), day(2, 1080, 1200), day(7, 600, 720)]),
    ).toBe('Mon 09:00–17:00, Tue 09:00–17:00 and 18:00–20:00, Sat–Sun 10:00–12:00');
  });

  it('name what is wrong, at its place', () => {
    expect(hoursFaults([day(1), day(2, 600, 600), day(3, Number.NaN)])).toEqual([
      { path: '[1].toMinute', message: 'Must be after the beginning.' },
      { path: '[2].fromMinute', message: 'Is no time, such as 09:00.' },
    ]);
  });
});
