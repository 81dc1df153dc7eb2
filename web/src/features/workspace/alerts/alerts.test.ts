import { describe, expect, it } from 'vitest';
import { offer, offered, state } from '@/testing/state';
import type { Offered } from '../model/place';
import { announcement } from './announcements';
import { pageTitle } from './page-title';

const one = offered() as Offered;
const hear = (now: number, said: Set<string>, offers = [one]) =>
  announcement(offers, now, 'en-US', said);

describe('announcing an offer', () => {
  it('says it once, then only at 10 and 5 seconds', () => {
    const said = new Set<string>();
    const spoken: string[] = [];
    for (let now = 100_000; now <= 121_000; now += 250) {
      const text = hear(now, said);
      if (text !== null) spoken.push(text);
    }
    expect(spoken).toEqual([
      'Phone offer from Maria Lopez, queue Billing. 20 seconds to accept with Alt A.',
      '10 seconds left to accept.',
      '5 seconds left to accept.',
    ]);
  });

  it('does not add a mark to the first words', () => {
    const said = new Set<string>();
    expect(hear(116_000, said)).toContain('4 seconds to accept');
    expect(hear(116_250, said)).toBeNull();
  });

  it('gives each of several offers its turn', () => {
    const said = new Set<string>();
    const other = offered({
      interactionId: 'i2',
      offer: offer({ id: 'o2' }),
      callerName: '',
    }) as Offered;
    expect(hear(100_000, said, [one, other])).toContain('Maria Lopez');
    expect(hear(100_250, said, [one, other])).toContain('(202) 555-0143');
    expect(hear(100_500, said, [one, other])).toBeNull();
  });
});

describe('the title', () => {
  it('flashes the offer with its true seconds', () => {
    const given = state({ work: [one] });
    expect(pageTitle(given, 105_000, true)).toBe('▶ Offer 15s · Billing');
    expect(pageTitle(given, 105_000, false)).toBe('Available · Cordboard');
    expect(pageTitle(state(), 105_000, true)).toBe('Available · Cordboard');
  });
});
