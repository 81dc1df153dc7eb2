import { describe, expect, it } from 'vitest';
import { FLOW } from './fixtures/flows';
import { linkKey, litBy } from './trace';

describe('a trial run on the canvas', () => {
  it('lights nodes and the wires between them', () => {
    const steps = [
      { node: 'language', exit: '1' },
      { node: 'vip', exit: 'true' },
      { node: 'queue', exit: null },
    ];
    const { nodes, links } = litBy(steps, FLOW);
    expect([...nodes]).toEqual(['language', 'vip', 'queue']);
    expect([...links]).toEqual([
      linkKey({ from: 'language', exit: '1' }),
      linkKey({ from: 'vip', exit: 'true' }),
    ]);
  });

  it('lights the wire into which an exit without one folds', () => {
    const steps = [
      { node: 'vip', exit: 'missing' },
      { node: 'bye', exit: null },
    ];
    expect([...litBy(steps, FLOW).links]).toEqual([linkKey({ from: 'vip', exit: 'false' })]);
  });

  it('lights no wire where the run ran off', () => {
    expect(litBy([{ node: 'queue', exit: 'atCapacity' }], FLOW).links.size).toBe(0);
    expect(litBy([{ node: 'gone', exit: 'next' }], FLOW).links.size).toBe(0);
  });
});
