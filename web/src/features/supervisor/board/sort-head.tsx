// The head of a column; some can order the table.
import type { ReactNode } from 'react';
import { Icon } from '@/ui/icon';
import css from './table.module.css';

interface SortHeadProps<Key extends string> {
  by: Key;
  now: Key;
  onSort: (by: Key) => void;
  children: ReactNode;
}

/** Names ascend, everything else begins with what needs somebody first. */
export function SortHead<Key extends string>({ by, now, onSort, children }: SortHeadProps<Key>) {
  const active = by === now;
  const order = by === 'name' ? 'ascending' : 'descending';
  return (
    <th scope="col" className={css.headCell} aria-sort={active ? order : 'none'}>
      <button
        type="button"
        className={css.sort}
        data-active={active || undefined}
        onClick={() => onSort(by)}
      >
        {children}
        {active && <Icon name="down" size={12} />}
      </button>
    </th>
  );
}

export function PlainHead({ children }: { children: ReactNode }) {
  return (
    <th scope="col" className={css.headCell}>
      {children}
    </th>
  );
}
