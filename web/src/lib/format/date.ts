// `date` and `time`: strict ISO forms only. A calendar date has no zone and is never shifted by one.
import { type Formatted, formatted, type Place, raw } from './formatted';

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const TIME = /^(\d{2}):(\d{2})(?::(\d{2}))?$/;
const INSTANT = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/;

export function formatDate(value: string, place: Place): Formatted {
  const date = parseDate(value);
  if (date !== null) {
    return formatted(write(date, place.locale, { dateStyle: 'long', timeZone: 'UTC' }));
  }
  return formatInstant(value, place) ?? raw(value, dateMark('2024-07-10'));
}

export function formatTime(value: string, place: Place): Formatted {
  const time = parseTime(value);
  if (time !== null) {
    const timeStyle = value.length > 5 ? 'medium' : 'short';
    return formatted(write(time, place.locale, { timeStyle, timeZone: 'UTC' }));
  }
  return formatInstant(value, place) ?? raw(value, dateMark('15:30'));
}

function dateMark(example: string): string {
  return `Shown as it came: only the form ${example} can be read without guessing.`;
}

/** A moment with its own offset is shown in the center's time zone, which the text names. */
function formatInstant(value: string, place: Place): Formatted | null {
  const match = INSTANT.exec(value);
  if (match?.[1] === undefined || parseDate(match[1]) === null) return null;
  const instant = new Date(value);
  if (Number.isNaN(instant.getTime())) return null;
  const options: Intl.DateTimeFormatOptions = {
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'short',
    timeZone: place.timeZone,
  };
  return formatted(write(instant, place.locale, options));
}

function parseDate(value: string): Date | null {
  const match = DATE.exec(value);
  if (match === null) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  // `Date.UTC` reads years 0-99 as 1900-1999; setting the year apart does not.
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const same = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return same && year > 0 ? date : null;
}

function parseTime(value: string): Date | null {
  const match = TIME.exec(value);
  if (match === null) return null;
  const [hours, minutes, seconds] = [Number(match[1]), Number(match[2]), Number(match[3] ?? '0')];
  if (hours > 23 || minutes > 59 || seconds > 59) return null;
  return new Date(Date.UTC(2000, 0, 1, hours, minutes, seconds));
}

/** One kind of blank in every browser: newer Intl data puts a narrow one before AM and PM. */
function write(date: Date, locale: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locale, options).format(date).replaceAll('\u202f', ' ');
}
