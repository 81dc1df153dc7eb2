import { describe, expect, it } from 'vitest';
import { applyEdit } from './edit';
import { DRAWING, FLOW } from './fixtures/flows';
import { KINDS_BY_NAME } from './fixtures/palette';
import { EMPTY_FLOW } from './flow';
import { parsePart, partFor, partText } from './part';

const PLACES = new Map([
  ['vip', { x: 320, y: 40 }],
  ['queue', { x: 640, y: 80 }],
]);
const TEXT = partText(FLOW, ['vip', 'queue'], PLACES);

function copied() {
  const part = parsePart(TEXT);
  if (part === null) throw new Error('no part');
  return part;
}

describe('copy and paste', () => {
  it('keeps the wires inside the part and drops those that leave it', () => {
    const { nodes } = copied();
    expect([...nodes.keys()]).toEqual(['vip', 'queue']);
    expect(Object.fromEntries(nodes.get('vip')?.exits ?? [])).toEqual({ true: 'queue' });
    expect(nodes.get('queue')?.exits.size).toBe(0);
  });

  it('gives ids and labels that are free, and stands where it was asked to', () => {
    const part = partFor(DRAWING, copied(), { x: 0, y: 0 });
    const { flow, layout } = applyEdit(DRAWING, { type: 'paste', part }, KINDS_BY_NAME);
    expect(flow.nodes.get('testVariable')?.label).toBe('VIP? 2');
    expect(flow.nodes.get('testVariable')?.exits.get('true')).toBe('toQueue');
    expect(flow.nodes.get('toQueue')?.label).toBe('Priority 2');
    expect(layout.get('testVariable')).toEqual({ x: 0, y: 0 });
    expect(layout.get('toQueue')).toEqual({ x: 320, y: 40 });
    expect(flow.nodes.get('vip')).toBe(FLOW.nodes.get('vip'));
  });

  it('goes into another script, which then begins with it', () => {
    const empty = { flow: EMPTY_FLOW, layout: new Map() };
    const part = partFor(empty, copied(), { x: 8, y: 8 });
    const { flow } = applyEdit(empty, { type: 'paste', part }, KINDS_BY_NAME);
    expect([...flow.nodes.keys()]).toEqual(['vip', 'queue']);
    expect(flow.start).toBe('vip');
  });

  it('ignores a clipboard with something else, and refuses a broken part', () => {
    expect(parsePart('hello')).toBeNull();
    expect(parsePart('{"nodes":{}}')).toBeNull();
    expect(() => parsePart('{"cordboard":"flow-part","nodes":{"a":1}}')).toThrow('nodes.a');
  });
});
