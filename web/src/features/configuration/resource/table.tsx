// The rows of a list, each leading to its item, below heads that sort.
import { Link } from '@tanstack/react-router';
import type { KeyboardEvent } from 'react';
import type { ResourceName, Resources } from '@/contract/admin';
import { UntrustedText } from '@/ui/untrusted-text';
import css from './list.module.css';
import type { Order, Row } from './rows';
import type { Spec } from './spec';

interface TableProps<R extends ResourceName> {
  spec: Spec<R>;
  rows: readonly Row<Resources[R]>[];
  order: Order;
  onOrder: (order: Order) => void;
  open: string | undefined;
}

export function Table<R extends ResourceName>(props: TableProps<R>) {
  const { spec, rows, order, onOrder, open } = props;
  return (
    <div className={css.scroll}>
      <table className={css.table} onKeyDown={moveFocus}>
        <Head columns={spec.columns} order={order} onOrder={onOrder} />
        <tbody>
          {rows.map((row) => (
            <ListRow key={row.item.id} spec={spec} row={row} open={String(row.item.id) === open} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface HeadProps {
  columns: readonly { label: string }[];
  order: Order;
  onOrder: (order: Order) => void;
}

function Head({ columns, order, onOrder }: HeadProps) {
  return (
    <thead>
      <tr>
        {columns.map(({ label }, column) => {
          const here = order.column === column;
          const sort = order.down ? 'descending' : 'ascending';
          return (
            <th key={label} scope="col" aria-sort={here ? sort : 'none'}>
              <button
                type="button"
                onClick={() => onOrder({ column, down: here && !order.down })}
                data-here={here || undefined}
              >
                {label}
                <span aria-hidden="true">{here ? (order.down ? '↓' : '↑') : ''}</span>
              </button>
            </th>
          );
        })}
      </tr>
    </thead>
  );
}

interface ListRowProps<R extends ResourceName> {
  spec: Spec<R>;
  row: Row<Resources[R]>;
  open: boolean;
}

function ListRow<R extends ResourceName>({ spec, row, open }: ListRowProps<R>) {
  const { item, cells, depth } = row;
  const [name = '', ...others] = cells;
  return (
    <tr data-open={open || undefined}>
      <th scope="row" style={{ paddingInlineStart: `calc(var(--s4) + ${depth} * var(--s5))` }}>
        <Link
          id={`${spec.resource}-${item.id}`}
          className={css.link}
          to="/configuration/{-$section}/{-$id}"
          params={{ section: spec.resource, id: String(item.id) }}
          aria-current={open ? 'true' : undefined}
          data-row
        >
          <UntrustedText text={String(name)} />
        </Link>
      </th>
      {others.map((cell, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: cells are told apart by their column
        <td key={index} data-label={spec.columns[index + 1]?.label}>
          <UntrustedText text={String(cell)} />
        </td>
      ))}
    </tr>
  );
}

/** Arrow keys go from row to row. */
function moveFocus(event: KeyboardEvent<HTMLTableElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined || !(event.target instanceof HTMLAnchorElement)) return;
  const links = [...event.currentTarget.querySelectorAll<HTMLAnchorElement>('a[data-row]')];
  const next = links[links.indexOf(event.target) + step];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}
