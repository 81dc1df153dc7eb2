// The list of one kind: search, order, pages.
import { useEffect, useMemo, useState } from 'react';
import type { Item, ItemOf, ResourceName, Resources } from '@/contract/admin';
import { count } from '@/lib/format/duration';
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import { Message } from '@/ui/message';
import { useNames } from './data';
import css from './list.module.css';
import { Pages } from './pages';
import { asTree, found, type Order, ROWS_PER_PAGE, type Row, rowsOf, sorted } from './rows';
import type { Spec } from './spec';
import { Table } from './table';

interface ListProps<R extends ResourceName> {
  spec: Spec<R>;
  query: { data: ItemOf<R>[] | undefined; error: Error | null; refetch: () => unknown };
  open: string | undefined;
}

export function List<R extends ResourceName>({ spec, query, open }: ListProps<R>) {
  const { data, error } = query;
  if (data !== undefined) return <Loaded spec={spec} items={data} open={open} stale={error} />;
  if (error === null) return <Loading />;
  return (
    <div className={css.middle}>
      <Message
        icon="linkOff"
        title="The list could not be loaded"
        actions={<Button onClick={() => void query.refetch()}>Try again</Button>}
      >
        <p role="alert">{error.message}</p>
      </Message>
    </div>
  );
}

function Loading() {
  return (
    <div className={css.loading} role="status">
      <span className={css.hidden}>Loading…</span>
      {[70, 45, 60, 50, 65].map((width) => (
        <span key={width} className={css.bone} style={{ width: `${width}%` }} />
      ))}
    </div>
  );
}

interface LoadedProps<R extends ResourceName> {
  spec: Spec<R>;
  items: readonly Item<Resources[R]>[];
  open: string | undefined;
  /** Why the newest state could not be read. */
  stale: Error | null;
}

function Loaded<R extends ResourceName>({ spec, items, open, stale }: LoadedProps<R>) {
  const { columns, refersTo, parentOf, one } = spec;
  const names = useNames(refersTo);
  const [search, setSearch] = useState('');
  const [order, setOrder] = useState<Order>({ column: 0, down: false });
  const [page, setPage] = useState(0);
  const all = useMemo(() => rowsOf(items, columns, names), [items, columns, names]);
  const rows = useMemo(() => {
    const hits = found(all, search);
    const plain = order.column === 0 && !order.down && search === '';
    return parentOf !== undefined && plain ? asTree(hits, parentOf) : sorted(hits, order);
  }, [all, search, order, parentOf]);
  useShowOpen(rows, open, setPage);
  const last = Math.max(0, Math.ceil(rows.length / ROWS_PER_PAGE) - 1);
  const at = Math.min(page, last);
  const shown = rows.slice(at * ROWS_PER_PAGE, (at + 1) * ROWS_PER_PAGE);
  if (items.length === 0) return <Empty spec={spec} />;
  return (
    <>
      <div className={css.tools}>
        <label className={css.search}>
          <Icon name="search" />
          <span className={css.hidden}>Search</span>
          <input
            id="search"
            type="search"
            placeholder="Search"
            value={search}
            onChange={(event) => {
              setSearch(event.target.value);
              setPage(0);
            }}
            onKeyDown={(event) => {
              if (event.key !== 'ArrowDown') return;
              event.preventDefault();
              document.querySelector<HTMLElement>('a[data-row]')?.focus();
            }}
          />
        </label>
        <span className={css.count} role="status">
          {search === '' ? count(items.length, one) : `${rows.length} of ${items.length}`}
        </span>
      </div>
      {stale !== null && (
        <p className={css.stale} role="status">
          <Icon name="linkOff" size={16} /> Not up to date: {stale.message}
        </p>
      )}
      {rows.length === 0 ? (
        <p className={css.none}>Nothing here matches “{search}”.</p>
      ) : (
        <Table spec={spec} rows={shown} order={order} onOrder={setOrder} open={open} />
      )}
      {last > 0 && <Pages at={at} last={last} onPage={setPage} />}
    </>
  );
}

/** What is opened, as after it was made, is on the page that is shown. */
function useShowOpen<T>(
  rows: readonly Row<T>[],
  open: string | undefined,
  onPage: (page: number) => void,
): void {
  const at = rows.findIndex(({ item }) => String(item.id) === open);
  const page = at < 0 ? null : Math.floor(at / ROWS_PER_PAGE);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when another is opened, or moves
  useEffect(() => {
    if (page !== null) onPage(page);
  }, [open, page]);
}

function Empty<R extends ResourceName>({ spec }: { spec: Spec<R> }) {
  return (
    <div className={css.middle}>
      <Message icon="sliders" title={`There is no ${spec.one} yet`}>
        <p>{spec.about}</p>
      </Message>
    </div>
  );
}
