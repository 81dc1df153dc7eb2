import { describe, expect, it } from 'vitest';
import { fieldOf, getIn, type Json, pathOf, sameJson, setIn } from './json';

describe('paths in JSON', () => {
  it('are read and written as findings write them', () => {
    const path = ['kind', 'split', 'shares', 1, 'percent'];
    expect(pathOf('kind.split.shares[1].percent')).toEqual(path);
    expect(fieldOf(path)).toBe('kind.split.shares[1].percent');
    expect(pathOf('')).toEqual([]);
  });

  it('find only what is there, not what JavaScript adds', () => {
    expect(getIn({ a: [{ b: 1 }] }, ['a', 0, 'b'])).toBe(1);
    expect(getIn({ a: 1 }, ['constructor'])).toBeUndefined();
    expect(getIn([1], ['length'])).toBeUndefined();
    expect(getIn({ a: 'text' }, ['a', 'length'])).toBeUndefined();
  });

  it('change a copy and leave the original', () => {
    const old: Json = { a: [{ b: 1 }, { b: 2 }] };
    expect(setIn(old, ['a', 1, 'b'], 3)).toEqual({ a: [{ b: 1 }, { b: 3 }] });
    expect(old).toEqual({ a: [{ b: 1 }, { b: 2 }] });
  });

  it('make objects and lists on the way, append at the end, and take away', () => {
    expect(setIn({}, ['a', 'b'], 1)).toEqual({ a: { b: 1 } });
    expect(setIn({}, ['a', 0, 'b'], 1)).toEqual({ a: [{ b: 1 }] });
    expect(setIn({ a: [1] }, ['a', 1], 2)).toEqual({ a: [1, 2] });
    expect(setIn({ a: [1, 2] }, ['a', 0], undefined)).toEqual({ a: [2] });
    expect(setIn({ a: 1, b: 2 }, ['a'], undefined)).toEqual({ b: 2 });
    expect(setIn({ a: 1 }, ['x', 'y'], undefined)).toEqual({ a: 1 });
  });

  it('change nothing through what is neither', () => {
    expect(setIn({ a: 'text' }, ['a', 'b'], 1)).toEqual({ a: 'text' });
    expect(setIn([1], [5], 1)).toEqual([1]);
  });

  it('set a key that JavaScript treats as special', () => {
    const set = setIn({}, ['__proto__'], 1);
    expect(JSON.stringify(set)).toBe('{"__proto__":1}');
  });
});

describe('equality of JSON', () => {
  it('does not depend on the order of keys', () => {
    expect(sameJson({ a: 1, b: [1, { c: null }] }, { b: [1, { c: null }], a: 1 })).toBe(true);
    expect(sameJson({ a: 1 }, { a: 1, b: 2 })).toBe(false);
    expect(sameJson([1, 2], [2, 1])).toBe(false);
    expect(sameJson({ a: undefined } as unknown as Json, { b: 1 })).toBe(false);
  });
});
