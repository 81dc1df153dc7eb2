import { describe, expect, it } from 'vitest';
import { state } from '@/testing/state';
import { replaceState } from './replace-state';

describe('replacing the state', () => {
  const at = (position: number) => state({ position });

  it('takes the first one', () => expect(replaceState(null, at(3))).toEqual(at(3)));

  it('takes a later one', () => {
    const later = at(11);
    expect(replaceState(at(10), later)).toBe(later);
  });

  it('ignores an older one, from whatever road it came', () => {
    const current = at(10);
    expect(replaceState(current, at(9))).toBe(current);
  });

  it('ignores a repetition', () => {
    const current = at(10);
    expect(replaceState(current, at(10))).toBe(current);
  });

  it('ends at the newest of any order of messages', () => {
    const orders = [
      [1, 2, 3],
      [3, 2, 1],
      [2, 3, 1],
      [3, 3, 2],
    ];
    for (const order of orders) {
      const end = order.reduce<ReturnType<typeof at> | null>(
        (current, position) => replaceState(current, at(position)),
        null,
      );
      expect(end?.position).toBe(3);
    }
  });
});
