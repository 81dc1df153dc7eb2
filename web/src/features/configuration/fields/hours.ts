// Opening hours of a week: words, minutes, and what is wrong with them.
import type { Hours } from '@/contract/admin-types';
import type { Fault } from '../resource/spec';

export const WEEKDAYS = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
] as const;

/** `09:05`; the end of the day is `24:00`. */
export function clockOf(minute: number): string {
  const [hours, minutes] = [Math.floor(minute / 60), minute % 60];
  return `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
}

/** Minutes of `9`, `9:30`, `09.30`, `0930` or `24:00`; NaN for anything else. */
export function minuteOf(text: string): number {
  const [, hours, minutes = '0'] = /^\s*(\d{1,2})(?:[:.]?(\d{2}))?\s*$/.exec(text) ?? [];
  if (hours === undefined || Number(minutes) > 59) return Number.NaN;
  const minute = Number(hours) * 60 + Number(minutes);
  return minute <= 1440 ? minute : Number.NaN;
}

export function hoursFaults(open: readonly Hours[]): Fault[] {
  return open.flatMap(({ fromMinute, toMinute }, index) => {
    if (Number.isNaN(fromMinute)) return [fault(index, 'fromMinute', 'Is no time, such as 09:00.')];
    if (Number.isNaN(toMinute)) return [fault(index, 'toMinute', 'Is no time, such as 17:30.')];
    if (toMinute <= fromMinute) return [fault(index, 'toMinute', 'Must be after the beginning.')];
    return [];
  });
}

function fault(index: number, field: string, message: string): Fault {
  return { path: `[${index}].${field}`, message };
}

/** In the order of the week. */
export function inOrder(open: readonly Hours[]): Hours[] {
  return [...open].sort((a, b) => a.weekday - b.weekday || a.fromMinute - b.fromMinute);
}

/** "Mon–Fri 09:00–17:00, Sat 10:00–12:00": days that follow each other and are alike become one. */
export function hoursWords(open: readonly Hours[]): string {
  const days = WEEKDAYS.map((_, index) =>
    inOrder(open)
      .filter(({ weekday }) => weekday === index + 1)
      .map(({ fromMinute, toMinute }) => `${clockOf(fromMinute)}–${clockOf(toMinute)}`)
      .join(' and '),
  );
  const runs: { from: number; to: number; words: string }[] = [];
  for (const [day, words] of days.entries()) {
    const last = runs.at(-1);
    if (last?.words === words && last.to === day - 1) last.to = day;
    else runs.push({ from: day, to: day, words });
  }
  const said = runs.filter(({ words }) => words !== '');
  if (said.length === 0) return 'never';
  return said.map(({ from, to, words }) => `${span(from, to)} ${words}`).join(', ');
}

function span(from: number, to: number): string {
  const short = (day: number) => WEEKDAYS[day]?.slice(0, 3);
  return from === to ? `${short(from)}` : `${short(from)}–${short(to)}`;
}
