// How long the first has waited, and whether that is longer than promised.
import { useEffect, useState } from 'react';
import type { QueueRow } from '@/contract/types';
import { clockDigits } from '@/lib/format/duration';
import { isOverdue } from '../model/figure';
import { boardNow } from '../model/freshness';
import { Elapsed } from './elapsed';
import { NumberCell } from './number';

export function Longest({ row }: { row: QueueRow }) {
  const overdue = useOverdue(row);
  const warning = overdue ? `over ${clockDigits(row.thresholdMs)}` : undefined;
  return (
    <NumberCell queueId={row.id} measure="longestSince" label="Longest wait" warning={warning}>
      {row.longestSince == null ? '–' : <Elapsed at={row.longestSince} />}
    </NumberCell>
  );
}

/** Becomes true by the clock alone: one timer for the moment at which it does. */
function useOverdue(row: QueueRow): boolean {
  const [, look] = useState(0);
  const overdue = isOverdue(row, boardNow());
  const { longestSince, thresholdMs } = row;
  useEffect(() => {
    if (overdue || longestSince == null) return;
    const due = longestSince + thresholdMs - boardNow();
    const timer = setTimeout(() => look((n) => n + 1), Math.max(due, 0) + 100);
    return () => clearTimeout(timer);
  }, [overdue, longestSince, thresholdMs]);
  return overdue;
}
