import { describe, expect, it } from 'vitest';
import { FIRST_LINK, linkKind, linkText, nextLink } from './link';

const at = (ms: number) => ({ wall: 1_000_000 + ms, steady: ms });
const heard = nextLink(nextLink(FIRST_LINK, { type: 'opened' }), { type: 'heard', at: at(0) });
const lost = nextLink(heard, { type: 'lost' });
const text = (link: typeof heard, ms: number) => linkText(linkKind(link, at(ms)), link, 88213);

describe('the link', () => {
  it('is connecting until the first message', () => {
    expect(text(FIRST_LINK, 0)).toBe('connecting');
    expect(text(nextLink(FIRST_LINK, { type: 'lost' }), 60_000)).toBe('connecting');
  });

  it('shows its position while heartbeats come', () => {
    expect(text(heard, 0)).toBe('link OK · 88213');
    expect(text(heard, 12_000)).toBe('link OK · 88213');
  });

  it('is stale after 12 seconds of silence, open or not', () => {
    expect(text(heard, 12_001)).toBe('stale: you may be missing changes');
    expect(text(lost, 5_000)).toBe('link lost, reconnecting');
    expect(text(lost, 12_001)).toBe('stale: you may be missing changes');
  });

  it('believes the clock that moved more: one is set, the other sleeps', () => {
    expect(linkKind(heard, { wall: at(0).wall + 20_000, steady: 5 })).toBe('stale');
    expect(linkKind(heard, { wall: at(0).wall - 99_000, steady: 20_000 })).toBe('stale');
  });

  it('says what it catches up, long enough to be read', () => {
    const open = nextLink(lost, { type: 'opened' });
    expect(text(open, 5_000)).toBe('catching up');
    const back = nextLink(open, { type: 'caughtUp', missed: 14, at: at(5_000) });
    expect(text(back, 5_001)).toBe('catching up 14 events');
    expect(text(nextLink(back, { type: 'heard', at: at(6_000) }), 6_001)).toBe(
      'catching up 14 events',
    );
    expect(text(back, 8_000)).toBe('link OK · 88213');
  });
});
