import { describe, expect, it } from 'vitest';
import { FLOW } from '../graph/fixtures/flows';
import { KINDS_BY_NAME } from '../graph/fixtures/palette';
import { targets } from './targets';

const titles = (typed: string) =>
  targets(FLOW, KINDS_BY_NAME, 'vip', typed).map(({ title }) => title);

describe('where an exit can lead', () => {
  it('is nowhere, to any node, or to a new one', () => {
    expect(titles('').slice(0, 6)).toEqual([
      'Nowhere',
      'Language',
      'Priority',
      'Hang up',
      'VIP?',
      'New: Test Variable',
    ]);
  });

  it('is found by a part of its name', () => {
    expect(titles('disc')).toEqual(['New: Disconnect']);
    expect(titles(' HANG ')).toEqual(['Hang up']);
    expect(titles('xyz')).toEqual([]);
  });
});
