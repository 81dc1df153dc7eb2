// All queues, with what waits in each and how the day goes.
import { useId, useMemo } from 'react';
import type { QueueRow } from '@/contract/types';
import { sortQueues } from '../model/select';
import { useUi } from '../model/ui';
import { QueueLine } from './queue-line';
import { PlainHead, SortHead } from './sort-head';
import css from './table.module.css';

export function QueueBoard({ queues }: { queues: QueueRow[] }) {
  const id = useId();
  const by = useUi((store) => store.queueSort);
  const rows = useMemo(() => sortQueues(queues, by), [queues, by]);
  const sort = (queueSort: typeof by) => useUi.setState({ queueSort });
  return (
    <section className={css.section} aria-labelledby={id}>
      <h2 className={css.title} id={id}>
        Queues
      </h2>
      {rows.length === 0 ? (
        <p className={css.empty}>There are no queues yet. An administrator sets them up.</p>
      ) : (
        <table aria-labelledby={id} className={`${css.table} ${css.queues}`}>
          <thead>
            <tr className={css.head}>
              <SortHead by="name" now={by} onSort={sort}>
                Queue
              </SortHead>
              <SortHead by="waiting" now={by} onSort={sort}>
                Waiting
              </SortHead>
              <SortHead by="longest" now={by} onSort={sort}>
                Longest wait
              </SortHead>
              <PlainHead>Expected wait</PlainHead>
              <PlainHead>Talking</PlainHead>
              <PlainHead>Agents</PlainHead>
              <PlainHead>Answered</PlainHead>
              <SortHead by="abandoned" now={by} onSort={sort}>
                Abandoned
              </SortHead>
              <SortHead by="level" now={by} onSort={sort}>
                Service level
              </SortHead>
              <PlainHead>Answer speed</PlainHead>
              <PlainHead>Handle time</PlainHead>
              <PlainHead>Last hour</PlainHead>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <QueueLine key={row.id} row={row} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
