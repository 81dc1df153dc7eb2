// Locale, currency and time zone of the center, for every value on the page.
import type { Tenant } from '@/contract/types';
import type { Place } from '@/lib/format/formatted';
import { placeOf, SAFE_PLACE } from '@/lib/format/place-of';
import { useLive } from './live';

let last: { tenant: Tenant; place: Place } | undefined;

export function usePlace(): Place {
  const tenant = useLive((store) => store.state?.tenant);
  if (tenant === undefined) return SAFE_PLACE;
  if (last?.tenant !== tenant) last = { tenant, place: placeOf(tenant) };
  return last.place;
}
