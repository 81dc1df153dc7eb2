import { describe, expect, it } from 'vitest';
import { applyEdit, type Edit } from './edit';
import { DRAWING, FLOW } from './fixtures/flows';
import { KINDS, KINDS_BY_NAME } from './fixtures/palette';
import { type Drawing, EMPTY_FLOW } from './flow';
import { parseFlow } from './flow-json';
import { exitsOf, newNode } from './kinds';

const apply = (edit: Edit, drawing: Drawing = DRAWING) => applyEdit(drawing, edit, KINDS_BY_NAME);
const exits = (drawing: Drawing, id: string) =>
  Object.fromEntries(drawing.flow.nodes.get(id)?.exits ?? []);

describe('edits', () => {
  it('add a node, wired from an exit', () => {
    const say = newNode(kind('say'), FLOW);
    const wire = { from: 'queue', exit: 'atCapacity' };
    const next = apply({ type: 'add', id: 'say', node: say, at: { x: 1, y: 2 }, wire });
    expect(next.flow.nodes.get('say')?.label).toBe('Say');
    expect(exits(next, 'queue')).toEqual({ timeout: 'bye', atCapacity: 'say' });
    expect(next.layout.get('say')).toEqual({ x: 1, y: 2 });
  });

  it('make the first node the start', () => {
    const empty = { flow: EMPTY_FLOW, layout: new Map() };
    const next = apply({ type: 'add', id: 'say', node: newNode(kind('say'), EMPTY_FLOW) }, empty);
    expect(next.flow.start).toBe('say');
  });

  it('remove nodes together with the wires to them and their places', () => {
    const next = apply({ type: 'remove', ids: ['bye'] });
    expect([...next.flow.nodes.keys()]).toEqual(['language', 'vip', 'queue']);
    expect(exits(next, 'vip')).toEqual({ true: 'queue' });
    expect(next.layout.has('bye')).toBe(false);
  });

  it('connect only to nodes that exist', () => {
    const link = { from: 'vip', exit: 'missing' };
    expect(exits(apply({ type: 'connect', link, to: 'bye' }), 'vip')['missing']).toBe('bye');
    expect(apply({ type: 'connect', link, to: 'nobody' })).toBe(DRAWING);
  });

  it('answer the same drawing when nothing changes', () => {
    const link = { from: 'vip', exit: 'true' };
    const nothing: Edit[] = [
      { type: 'connect', link, to: 'queue' },
      { type: 'disconnect', links: [{ from: 'vip', exit: 'missing' }] },
      { type: 'remove', ids: ['nobody'] },
      { type: 'rename', id: 'vip', label: 'VIP?' },
      { type: 'setParam', id: 'bye', path: ['text'], value: 'x' },
      { type: 'removeEntry', id: 'vip', path: ['cases'], at: 0 },
      { type: 'setStart', id: 'language' },
      { type: 'move', to: new Map() },
    ];
    for (const edit of nothing) expect(apply(edit), edit.type).toBe(DRAWING);
  });
});

describe('exits that parameters name', () => {
  const flow = parseFlow({
    start: 's',
    nodes: {
      s: {
        label: 'S',
        kind: {
          switch: {
            variable: '_a',
            cases: [
              { value: 'x', exit: 'one' },
              { value: 'y', exit: 'two' },
            ],
          },
        },
        exits: { one: 'end', two: 'end', default: 'end' },
      },
      end: { label: 'End', kind: 'disconnect' },
    },
  });
  const drawing = { flow, layout: new Map() };

  it('keep their wire when they are renamed, letter by letter', () => {
    const rename = (to: string, of: Drawing) =>
      apply({ type: 'setParam', id: 's', path: ['cases', 0, 'exit'], value: to }, of);
    const letters = ['on', 'o', '', 't', 'th'];
    const typed = letters.reduce<Drawing>((all, text) => rename(text, all), drawing);
    expect(exits(typed, 's')).toEqual({ th: 'end', two: 'end', default: 'end' });
  });

  it('keep the wire of another that has the name already', () => {
    const same = apply(
      { type: 'setParam', id: 's', path: ['cases', 0, 'exit'], value: 'two' },
      drawing,
    );
    expect(exits(same, 's')).toEqual({ one: 'end', two: 'end', default: 'end' });
  });

  it('go with their entry', () => {
    const next = apply({ type: 'removeEntry', id: 's', path: ['cases'], at: 0 }, drawing);
    expect(exits(next, 's')).toEqual({ two: 'end', default: 'end' });
  });

  it('are stale when a key is no longer offered, and stay until they are disconnected', () => {
    const next = apply({ type: 'setParam', id: 'language', path: ['keys'], value: '2' });
    const node = next.flow.nodes.get('language');
    const stale = node && exitsOf(node, KINDS_BY_NAME).filter((exit) => exit.stale);
    expect(stale?.map(({ name }) => name)).toEqual(['1']);
  });

  it('are only there when the parameter they need is set', () => {
    const queue = FLOW.nodes.get('queue');
    const names = (node = queue) =>
      node && exitsOf(node, KINDS_BY_NAME).map(({ name, title }) => `${name}: ${title}`);
    expect(names()).toEqual([
      'timeout: Waited too long',
      'atCapacity: Queue is full',
      'error: Error',
    ]);
    const off = apply({ type: 'setParam', id: 'queue', path: ['timeoutMs'], value: undefined });
    expect(names(off.flow.nodes.get('queue'))).toEqual([
      'atCapacity: Queue is full',
      'error: Error',
      'timeout: timeout',
    ]);
  });
});

describe('fixes of the linter', () => {
  const fix = (of: Extract<Edit, { type: 'fix' }>['fix'], drawing?: Drawing) =>
    apply({ type: 'fix', fix: of }, drawing);
  const params = (drawing: Drawing, id: string) => drawing.flow.nodes.get(id)?.params;

  it('set the start, labels, texts and numbers', () => {
    expect(fix({ setStart: { node: 'vip' } }).flow.start).toBe('vip');
    const labelled = fix({ setLabel: { node: 'vip', label: 'VIP' } });
    expect(labelled.flow.nodes.get('vip')?.label).toBe('VIP');
    const field = 'kind.testVariable.test.right[0].text';
    const text = fix({ setText: { node: 'vip', field, value: 'vip' } });
    expect(params(text, 'vip')).toMatchObject({ test: { right: [{ text: 'vip' }] } });
    const ms = fix({ setNumber: { node: 'queue', field: 'kind.toQueue.timeoutMs', value: 1 } });
    expect(params(ms, 'queue')).toEqual({ queue: 101, timeoutMs: 1 });
  });

  it('remove nodes and exits', () => {
    expect(fix({ removeNode: { node: 'vip' } }).flow.nodes.has('vip')).toBe(false);
    const gone = fix({ removeExit: { node: 'vip', exit: 'true' } });
    expect(exits(gone, 'vip')).toEqual({ false: 'bye' });
  });

  it('change lists: percentages, order, entries', () => {
    const flow = parseFlow({
      start: 'p',
      nodes: {
        p: {
          label: 'P',
          kind: {
            split: {
              shares: [
                { percent: 50, exit: 'a' },
                { percent: 40, exit: 'b' },
              ],
            },
          },
        },
      },
    });
    const drawing = { flow, layout: new Map() };
    const field = 'kind.split.shares';
    const shares = fix({ setShares: { node: 'p', field, percents: [56, 44] } }, drawing);
    expect(params(shares, 'p')).toMatchObject({ shares: [{ percent: 56 }, { percent: 44 }] });
    const moved = fix({ moveBefore: { node: 'p', field, from: 1, to: 0 } }, drawing);
    expect(params(moved, 'p')).toMatchObject({ shares: [{ exit: 'b' }, { exit: 'a' }] });
    const removed = fix({ removeEntry: { node: 'p', field, at: 0 } }, drawing);
    expect(params(removed, 'p')).toEqual({ shares: [{ percent: 40, exit: 'b' }] });
  });

  it('do nothing when their field is gone', () => {
    const field = 'kind.say.text';
    expect(fix({ setText: { node: 'vip', field, value: 'x' } })).toBe(DRAWING);
  });
});

function kind(name: string) {
  const found = KINDS.find((each) => each.kind === name);
  if (found === undefined) throw new Error(name);
  return found;
}
