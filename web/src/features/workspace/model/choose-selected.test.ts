import { describe, expect, it } from 'vitest';
import { offered, talking, wrappingUp } from '@/testing/state';
import { chooseSelected, neighbour } from './choose-selected';

const talk = talking({ interactionId: 'talk' });
const wrap = wrappingUp({ interactionId: 'wrap' });
const offer = offered({ interactionId: 'offer' });

describe('the interaction on screen', () => {
  it('stays while it exists, whatever else arrives', () => {
    expect(chooseSelected([wrap, offer, talk], 'wrap')).toBe('wrap');
  });

  it('is the most urgent one when the chosen one is gone', () => {
    expect(chooseSelected([wrap, offer, talk], 'gone')).toBe('talk');
    expect(chooseSelected([offer, wrap], null)).toBe('wrap');
    expect(chooseSelected([offer], null)).toBe('offer');
    expect(chooseSelected([], 'gone')).toBeNull();
  });
});

describe('the neighbour', () => {
  it('goes around the ends', () => {
    const work = [talk, wrap, offer];
    expect(neighbour(work, 'talk', 1)).toBe('wrap');
    expect(neighbour(work, 'offer', 1)).toBe('talk');
    expect(neighbour(work, 'talk', -1)).toBe('offer');
    expect(neighbour(work, null, 1)).toBe('talk');
    expect(neighbour(work, null, -1)).toBe('offer');
    expect(neighbour([], null, 1)).toBeNull();
  });
});
