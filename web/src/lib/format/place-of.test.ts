import { expect, it } from 'vitest';
import { PLACE } from '@/testing/state';
import { placeOf } from './place-of';

it('a setting the browser does not know falls back alone', () => {
  expect(placeOf(PLACE)).toEqual(PLACE);
  expect(placeOf({ ...PLACE, currency: 'DOLLARS' })).toEqual({ ...PLACE, currency: 'USD' });
  expect(placeOf({ ...PLACE, locale: 'e' })).toEqual({ ...PLACE, locale: 'en-US' });
  expect(placeOf({ ...PLACE, timeZone: 'Mars/Base' })).toEqual({ ...PLACE, timeZone: 'UTC' });
});
