// Locale, currency and time zone of the center, for every value on the page.
import type { Place } from '@/lib/format/formatted';
import { useLive } from './live';

const BEFORE_STATE: Place = { locale: 'en-US', currency: 'USD', timeZone: 'UTC' };

export function usePlace(): Place {
  return useLive((store) => store.state?.tenant ?? BEFORE_STATE);
}
