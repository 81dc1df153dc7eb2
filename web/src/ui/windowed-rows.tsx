// The body of a long table. Only the rows in sight and a few around them are in the document, so that a
// thousand cost what a screenful costs. They stand in their order, so Tab goes through them; the place of each
// in the whole table is told to screen readers.
import {
  defaultRangeExtractor,
  type Range,
  useWindowVirtualizer,
  type Virtualizer,
} from '@tanstack/react-virtual';
import { type ReactNode, type RefObject, useLayoutEffect, useRef, useState } from 'react';
import css from './windowed-rows.module.css';

/** Rows beyond each edge of the window: enough for a turn of the wheel, and for Tab to find the next one. */
const AROUND = 6;
/** A row of one line, border included, until it has been measured. */
const USUAL_REM = 2.8125;

interface WindowedRowsProps<Row> {
  rows: Row[];
  idOf: (row: Row) => string;
  className: string | undefined;
  /** The cells of a row. */
  children: (row: Row) => ReactNode;
}

/** Stands in a `table` that tells `aria-rowcount`, below a head of one row. */
export function WindowedRows<Row>({ rows, idOf, className, children }: WindowedRowsProps<Row>) {
  const body = useRef<HTMLTableSectionElement>(null);
  /** The row that was last worked in stays, or the keyboard would lose its place. */
  const worked = useRef<string | null>(null);
  const scrollMargin = useTop(body);
  const [usual] = useState(usualSize);
  const window = useWindowVirtualizer<HTMLTableRowElement>({
    count: rows.length,
    getItemKey: (index) => keyAt(rows, index, idOf),
    estimateSize: () => usual,
    measureElement: measured,
    rangeExtractor: (range) => withRow(range, rows, worked.current, idOf),
    overscan: AROUND,
    scrollMargin,
    useFlushSync: false,
  });
  return (
    <tbody ref={body} className={css.body} style={{ height: window.getTotalSize() }}>
      {window.getVirtualItems().map(({ index, key, start }) => {
        const row = rows[index];
        if (row === undefined) return null;
        return (
          <tr
            key={key}
            ref={window.measureElement}
            data-index={index}
            aria-rowindex={index + 2}
            className={`${css.row} ${className}`}
            style={{ top: start - scrollMargin }}
            onFocus={() => {
              worked.current = idOf(row);
            }}
          >
            {children(row)}
          </tr>
        );
      })}
    </tbody>
  );
}

function keyAt<Row>(rows: Row[], index: number, idOf: (row: Row) => string): string | number {
  const row = rows[index];
  return row === undefined ? index : idOf(row);
}

function withRow<Row>(
  range: Range,
  rows: Row[],
  id: string | null,
  idOf: (row: Row) => string,
): number[] {
  const inSight = defaultRangeExtractor(range);
  const kept = id === null ? -1 : rows.findIndex((row) => idOf(row) === id);
  if (kept === -1 || inSight.includes(kept)) return inSight;
  return [...inSight, kept].sort((a, b) => a - b);
}

/** What the browser has laid out anyway: asking for a size would have it lay out the page once more. */
function measured(
  row: HTMLTableRowElement,
  entry: ResizeObserverEntry | undefined,
  window: Virtualizer<Window, HTMLTableRowElement>,
): number {
  const size = entry?.borderBoxSize[0]?.blockSize;
  if (size !== undefined) return Math.round(size);
  const index = window.indexFromElement(row);
  return (
    window.itemSizeCache.get(window.options.getItemKey(index)) ?? window.options.estimateSize(index)
  );
}

function usualSize(): number {
  return Math.round(
    Number.parseFloat(getComputedStyle(document.documentElement).fontSize) * USUAL_REM,
  );
}

/** How far below the top of the page an element begins, whatever comes and goes above it. */
function useTop(of: RefObject<HTMLElement | null>): number {
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const look = () => {
      const box = of.current?.getBoundingClientRect();
      if (box !== undefined) setTop(Math.round(box.top + scrollY));
    };
    const observer = new ResizeObserver(look);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, [of]);
  return top;
}
