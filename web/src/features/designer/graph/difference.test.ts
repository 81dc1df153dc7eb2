import { describe, expect, it } from 'vitest';
import { difference } from './difference';
import { applyEdit, type Edit } from './edit';
import { DRAWING, FLOW } from './fixtures/flows';
import { KINDS_BY_NAME, WORDS } from './fixtures/palette';
import type { Json } from './json';
import { newNode } from './kinds';
import { conditionWords, msWords, summaryOf, valueWords } from './words';

function told(...edits: Edit[]): string[] {
  const { flow } = edits.reduce((all, edit) => applyEdit(all, edit, KINDS_BY_NAME), DRAWING);
  return difference(FLOW, flow, WORDS).map(({ words }) => words);
}

describe('the difference of two flows', () => {
  it('is nothing for the same flow, and does not see what means the same', () => {
    expect(told()).toEqual([]);
    const off: Edit = { type: 'setParam', id: 'queue', path: ['leaveWhenUnstaffed'], value: false };
    expect(told(off)).toEqual([]);
  });

  it('tells nodes that came, went and were renamed', () => {
    const say = KINDS_BY_NAME.get('say');
    if (say === undefined) throw new Error('say');
    expect(
      told(
        { type: 'add', id: 'say', node: newNode(say, FLOW) },
        { type: 'remove', ids: ['queue'] },
        { type: 'rename', id: 'bye', label: 'Goodbye' },
      ),
    ).toEqual([
      'To Queue “Priority” was removed.',
      '“VIP?”: True leads nowhere now (was “Priority”).',
      '“Hang up” is now called “Goodbye”.',
      'Say “Say” was added.',
    ]);
  });

  it('tells parameters, wires, the start and tests in words', () => {
    expect(
      told(
        { type: 'setParam', id: 'language', path: ['text'], value: 'Press a key' },
        { type: 'setParam', id: 'queue', path: ['timeoutMs'], value: undefined },
        { type: 'connect', link: { from: 'language', exit: 'noInput' }, to: 'vip' },
        { type: 'connect', link: { from: 'vip', exit: 'missing' }, to: 'bye' },
        { type: 'setStart', id: 'vip' },
        { type: 'setTests', tests: [{ name: 'New', given: {}, expect: {} }] },
      ),
    ).toEqual([
      '“Language”: Question was “Press 1 or 2” and is “Press a key”.',
      '“Language”: No key leads to “VIP?” now (was “Hang up”).',
      '“VIP?”: Missing (else false) leads to “Hang up” now.',
      '“Priority”: Leave after was 1 min and is nothing.',
      'It starts at “VIP?”.',
      'Test “VIP” was removed.',
      'Test “New” was added.',
    ]);
  });
});

describe('parameters in words', () => {
  it('name what an id stands for', () => {
    const summary = (id: string) => {
      const node = FLOW.nodes.get(id);
      return node && summaryOf(node, WORDS);
    };
    expect(summary('queue')).toBe('Priority');
    expect(summary('vip')).toBe('_tier equals “VIP”');
    expect(summary('bye')).toBe('');
  });

  it('read conditions with groups', () => {
    const test = (variable: string) => ({ test: { variable, operator: 'isEmpty', right: [] } });
    const any = { any: [test('_b'), test('_c')] };
    expect(conditionWords({ all: [test('_a'), any] }, WORDS)).toBe(
      '_a is empty and (_b is empty or _c is empty)',
    );
  });

  it('say what is asked of a queue', () => {
    const param = { name: 'when', title: 'When', type: 'queueTest', required: true };
    const words = (value: Json) => valueWords(param, value, WORDS);
    expect(words('noAgentAvailable')).toBe('no agent is free');
    expect(words({ moreWaitingThan: 9 })).toBe('more wait than 9');
    expect(words({ longestWaitOver: 60_000 })).toBe('the first has waited over 1 min');
    expect(words({ later: 1 })).toBe('{"later":1}');
  });

  it('read times in the largest unit that fits', () => {
    expect([250, 1_500, 15_000, 90_000, 7_200_000].map(msWords)).toEqual([
      '250 ms',
      '1.5 s',
      '15 s',
      '1.5 min',
      '2 h',
    ]);
  });
});
