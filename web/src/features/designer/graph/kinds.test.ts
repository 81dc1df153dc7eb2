import { describe, expect, it } from 'vitest';
import { FLOW } from './fixtures/flows';
import { KINDS_BY_NAME } from './fixtures/palette';
import { defaults, freeId, freeLabel, newEntry, newNode, type ParamDescription } from './kinds';

const param = (name: string, type: string, more = {}): ParamDescription => ({
  name,
  title: name,
  type,
  required: true,
  ...more,
});

describe('new nodes', () => {
  it('begin with what their description says', () => {
    const made = (kind: string) => {
      const description = KINDS_BY_NAME.get(kind);
      return description && newNode(description, FLOW).params;
    };
    expect(made('menu')).toEqual({ text: '', keys: '12', timeoutMs: 5000 });
    expect(made('switch')).toEqual({ variable: '_', cases: [{ value: '', exit: '1' }] });
    expect(made('testVariable')).toHaveProperty('test.operator', 'equals');
    expect(made('toQueue')).toEqual({ queue: 0 });
    expect(made('disconnect')).toBeNull();
  });

  it('leave out what is optional, but for flags that are off', () => {
    const optional = { required: false };
    expect(
      defaults([
        param('a', 'millis', { ...optional, default: undefined }),
        param('b', 'flag', { ...optional, default: false }),
        param('c', 'object', { fields: [param('d', 'number', { default: 3 })] }),
      ]),
    ).toEqual({ b: false, c: { d: 3 } });
  });

  it('have ids and labels that are free, cut to what an export keeps', () => {
    const taken = new Set(['say', 'say2']);
    expect(freeId('say', (id) => taken.has(id))).toBe('say3');
    expect(freeId('<script>', () => false)).toBe('script');
    expect(freeLabel('VIP?', FLOW)).toBe('VIP? 2');
    expect(freeLabel('A label that is much too long', FLOW)).toBe('A label that is much');
  });
});

describe('new entries of a list', () => {
  const list = param('options', 'list', {
    fields: [param('key', 'keys', { bounds: [1, 1] }), param('exit', 'exit')],
  });

  it('get a key and an exit that no other entry has', () => {
    const first = newEntry(list, []);
    expect(first).toEqual({ key: '1', exit: '1' });
    expect(newEntry(list, [first, { key: '3', exit: '2' }])).toEqual({ key: '2', exit: '3' });
  });
});
