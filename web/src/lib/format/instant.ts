// Moments of the log, in the center's own time zone.
import type { Place } from './formatted';

/** `2:03:11 PM`. */
export function timeOfDay(at: number, place: Place): string {
  const options = { timeStyle: 'medium', timeZone: place.timeZone } as const;
  return new Intl.DateTimeFormat(place.locale, options).format(at).replaceAll('\u202f', ' ');
}

/** `Thursday, November 20, 2026 at 2:03:11 PM EST`, for titles. */
export function fullInstant(at: number, place: Place): string {
  const options = { dateStyle: 'full', timeStyle: 'long', timeZone: place.timeZone } as const;
  return new Intl.DateTimeFormat(place.locale, options).format(at).replaceAll('\u202f', ' ');
}
