import { describe, expect, it } from 'vitest';
import { asTree, found, rowsOf, sorted } from './rows';

interface Thing {
  name: string;
  size: number;
  parent?: number | null;
}
const thing = (id: number, name: string, size = 0, parent: number | null = null) => ({
  id,
  revision: 1,
  name,
  size,
  parent,
});
const columns = [
  { label: 'Name', value: ({ name }: Thing) => name },
  { label: 'Size', value: ({ size }: Thing) => size },
];
const rows = (...items: ReturnType<typeof thing>[]) => rowsOf(items, columns, () => '');
const names = (of: { item: Thing }[]) => of.map(({ item }) => item.name);

describe('rows of a list', () => {
  it('are found by all words, in any column, without case and accents', () => {
    const all = rows(thing(1, 'Español', 12), thing(2, 'Priority', 7));
    expect(names(found(all, 'ESPANOL'))).toEqual(['Español']);
    expect(names(found(all, '7 prio'))).toEqual(['Priority']);
    expect(names(found(all, 'prio 12'))).toEqual([]);
    expect(found(all, '  ')).toHaveLength(2);
  });

  it('sort numbers as numbers, and numbers in words too', () => {
    const all = rows(thing(1, 'Agent 10', 9), thing(2, 'agent 2', 10));
    expect(names(sorted(all, { column: 0, down: false }))).toEqual(['agent 2', 'Agent 10']);
    expect(names(sorted(all, { column: 1, down: true }))).toEqual(['agent 2', 'Agent 10']);
  });

  it('stand below their parents, and nothing is lost in a circle', () => {
    const all = rows(
      thing(3, 'b', 0, 1),
      thing(2, 'a', 0, 1),
      thing(1, 'top'),
      thing(4, 'orphan', 0, 99),
      thing(5, 'x', 0, 6),
      thing(6, 'y', 0, 5),
    );
    const tree = asTree(all, ({ parent }) => parent ?? null);
    expect(tree.map(({ item, depth }) => `${depth}${item.name}`)).toEqual([
      '0orphan',
      '0top',
      '1a',
      '1b',
      '0x',
      '0y',
    ]);
  });
});
