import { describe, expect, it } from 'vitest';
import { FLOW } from './fixtures/flows';
import { NODES_MAX } from './flow';
import { drawingText, flowJson, parseDrawing, parseFlow, parseLayout } from './flow-json';

const node = (kind: unknown) => ({ start: 'a', nodes: { a: { label: 'A', kind, exits: {} } } });

describe('a flow in JSON', () => {
  it('comes back the same', () => {
    expect(parseFlow(flowJson(FLOW))).toEqual(FLOW);
  });

  it('has a word for a kind without parameters, and an object for others', () => {
    const json = JSON.parse(JSON.stringify(flowJson(FLOW)));
    expect(json.nodes.bye.kind).toBe('disconnect');
    expect(json.nodes.queue.kind).toEqual({ toQueue: { queue: 101, timeoutMs: 60000 } });
  });

  it('drops nulls, which mean that something is left out', () => {
    expect(FLOW.nodes.get('language')?.params).toEqual({
      text: 'Press 1 or 2',
      keys: '12',
      timeoutMs: 5000,
    });
  });

  it.each([
    [[], 'flow: must be an object'],
    [{ nodes: { a: 1 } }, 'nodes.a: must be an object'],
    [node(undefined), 'nodes.a.kind: must be an object'],
    [node({}), 'nodes.a.kind: must be a word, or an object with one key'],
    [node({ say: {}, wait: {} }), 'nodes.a.kind: must be a word, or an object with one key'],
    [node({ say: 'x' }), 'nodes.a.kind.say: must be an object'],
    [{ nodes: { '': {} } }, "nodes.: a node's id has 1 to 128 characters"],
    [{ nodes: { a: { kind: 'x', exits: { next: 1 } } } }, 'nodes.a.exits.next: must be a text'],
    [{ nodes: {}, tests: [{}] }, 'tests[0].name: must be a text'],
  ])('is refused with the field: %j', (value, message) => {
    expect(() => parseFlow(value)).toThrow(message as string);
  });

  it('is refused when it is too large', () => {
    const all = Array.from({ length: NODES_MAX + 1 }, (_, i) => [`n${i}`, { kind: 'disconnect' }]);
    expect(() => parseFlow({ start: 'n0', nodes: Object.fromEntries(all) })).toThrow('at most 500');
  });

  it('keeps names that JavaScript treats as special', () => {
    const text = '{"start":"__proto__","nodes":{"__proto__":{"label":"x","kind":"disconnect"}}}';
    const flow = parseFlow(JSON.parse(text));
    expect(flow.nodes.get('__proto__')?.label).toBe('x');
    expect(flow.nodes.get('constructor')).toBeUndefined();
    expect(JSON.stringify(flowJson(flow))).toContain('"__proto__":{"label":"x"');
  });
});

describe('a file', () => {
  it('comes back with name and places', () => {
    const layout = new Map([['bye', { x: 8, y: -16 }]]);
    const text = drawingText('Main line', { flow: FLOW, layout });
    expect(parseDrawing(text)).toEqual({ name: 'Main line', flow: FLOW, layout });
  });

  it('may be a flow alone', () => {
    expect(parseDrawing(JSON.stringify(flowJson(FLOW))).flow).toEqual(FLOW);
  });

  it('says when it is no JSON, and ignores places that are none', () => {
    expect(() => parseDrawing('<xml>')).toThrow('file: this is not JSON');
    expect(parseLayout({ a: [1, 2], b: ['x', 1], c: 5 })).toEqual(new Map([['a', { x: 1, y: 2 }]]));
    expect(parseLayout('x').size).toBe(0);
  });
});
