// Locale, currency and time zone of a center, as far as this browser knows them.
import type { Place } from './formatted';

export const SAFE_PLACE: Place = { locale: 'en-US', currency: 'USD', timeZone: 'UTC' };

/** A setting this browser does not know falls back alone: a wrong currency may not blank the page. */
export function placeOf({ locale, currency, timeZone }: Place): Place {
  const known = (test: () => unknown) => {
    try {
      test();
      return true;
    } catch {
      return false;
    }
  };
  return {
    locale: known(() => new Intl.NumberFormat(locale)) ? locale : SAFE_PLACE.locale,
    currency: known(() => new Intl.NumberFormat('en', { style: 'currency', currency }))
      ? currency
      : SAFE_PLACE.currency,
    timeZone: known(() => new Intl.DateTimeFormat('en', { timeZone }))
      ? timeZone
      : SAFE_PLACE.timeZone,
  };
}
