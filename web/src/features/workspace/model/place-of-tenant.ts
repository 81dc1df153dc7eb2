// Locale, currency and time zone of the center, for every value on the page.
import type { Tenant } from '@/contract/types';
import type { Place } from '@/lib/format/formatted';
import { useLive } from './live';

const SAFE: Place = { locale: 'en-US', currency: 'USD', timeZone: 'UTC' };

let last: { tenant: Tenant; place: Place } | undefined;

export function usePlace(): Place {
  const tenant = useLive((store) => store.state?.tenant);
  if (tenant === undefined) return SAFE;
  if (last?.tenant !== tenant) last = { tenant, place: placeOf(tenant) };
  return last.place;
}

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
    locale: known(() => new Intl.NumberFormat(locale)) ? locale : SAFE.locale,
    currency: known(() => new Intl.NumberFormat('en', { style: 'currency', currency }))
      ? currency
      : SAFE.currency,
    timeZone: known(() => new Intl.DateTimeFormat('en', { timeZone })) ? timeZone : SAFE.timeZone,
  };
}
