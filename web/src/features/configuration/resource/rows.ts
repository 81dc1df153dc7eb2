// Which rows a list shows: found by a search, in an order, one page of them.
import type { Id, Item } from '@/contract/admin';
import type { Column, Names } from './spec';

export const ROWS_PER_PAGE = 50;

export interface Order {
  /** Which column. */
  column: number;
  down: boolean;
}

export interface Row<T> {
  item: Item<T>;
  cells: (string | number)[];
  /** How far below the top of a tree. */
  depth: number;
}

export function rowsOf<T>(
  items: readonly Item<T>[],
  columns: readonly Column<T>[],
  names: Names,
): Row<T>[] {
  return items.map((item) => ({
    item,
    cells: columns.map(({ value }) => value(item, names)),
    depth: 0,
  }));
}

/** Every word of the search stands somewhere in the row. */
export function found<T>(rows: readonly Row<T>[], search: string): Row<T>[] {
  const words = fold(search).split(/\s+/).filter(Boolean);
  return rows.filter(({ cells }) => {
    const text = fold(cells.join('\n'));
    return words.every((word) => text.includes(word));
  });
}

function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

export function sorted<T>(rows: readonly Row<T>[], { column, down }: Order): Row<T>[] {
  const compare = (a: Row<T>, b: Row<T>) => {
    const [one, other] = [a.cells[column] ?? '', b.cells[column] ?? ''];
    if (typeof one === 'number' && typeof other === 'number') return one - other;
    return collator.compare(String(one), String(other));
  };
  const up = [...rows].sort(compare);
  return down ? up.reverse() : up;
}

/** Parents before their children, each level by name. A row whose parent is not there is at the top. */
export function asTree<T>(rows: readonly Row<T>[], parentOf: (item: T) => Id | null): Row<T>[] {
  const ids = new Set(rows.map(({ item }) => item.id));
  const below = new Map<Id | null, Row<T>[]>();
  for (const row of sorted(rows, { column: 0, down: false })) {
    const parent = parentOf(row.item);
    const key = parent !== null && ids.has(parent) ? parent : null;
    below.set(key, [...(below.get(key) ?? []), row]);
  }
  const walk = (parent: Id | null, depth: number): Row<T>[] =>
    (below.get(parent) ?? []).flatMap((row) => [
      { ...row, depth },
      ...walk(row.item.id, depth + 1),
    ]);
  const tree = walk(null, 0);
  // What stands below itself would otherwise be nowhere.
  const placed = new Set(tree.map(({ item }) => item.id));
  return [...tree, ...rows.filter(({ item }) => !placed.has(item.id))];
}
