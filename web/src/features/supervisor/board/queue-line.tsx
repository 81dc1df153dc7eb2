// One queue of the wallboard. Drawn anew only when its row changes.
import { lazy, memo, Suspense } from 'react';
import type { QueueRow } from '@/contract/types';
import { clockDigits } from '@/lib/format/duration';
import { Icon } from '@/ui/icon';
import { UntrustedText } from '@/ui/untrusted-text';
import { isBelowTarget, meanText, percentText } from '../model/figure';
import { inQueue } from '../model/select';
import { setFilter, useUi } from '../model/ui';
import { MEDIA } from '../model/words';
import { Longest } from './longest';
import { NumberCell } from './number';
import css from './table.module.css';

/** Charts are a chunk of their own: the numbers do not wait for the pictures. */
const Sparkline = lazy(() => import('./sparkline'));

export const QueueLine = memo(function QueueLine({ row }: { row: QueueRow }) {
  const { id, staff } = row;
  const below = isBelowTarget(row) ? `below ${row.targetPercent} %` : undefined;
  const unstaffed = inQueue(row) > 0 && staff.available + staff.busy === 0;
  return (
    <tr className={css.row}>
      <QueueName row={row} />
      <NumberCell queueId={id} measure="waiting" label="Waiting">
        {inQueue(row)}
        {row.offered > 0 && <span className={css.quiet}> ({row.offered} ringing)</span>}
      </NumberCell>
      <Longest row={row} />
      <NumberCell queueId={id} measure="expectedWaitMs" label="Expected wait">
        {row.expectedWaitMs === null ? '–' : clockDigits(row.expectedWaitMs)}
      </NumberCell>
      <NumberCell queueId={id} measure="talking" label="Talking">
        {row.talking}
        {row.wrapUp > 0 && <span className={css.quiet}> (+{row.wrapUp} wrap-up)</span>}
      </NumberCell>
      <NumberCell
        queueId={id}
        measure="staff"
        label="Agents"
        warning={unstaffed ? 'nobody here' : undefined}
      >
        {staff.available} free · {staff.busy} busy · {staff.onBreak} break
      </NumberCell>
      <NumberCell queueId={id} measure="answered" label="Answered">
        {row.answered}
      </NumberCell>
      <NumberCell queueId={id} measure="abandoned" label="Abandoned">
        {row.abandoned}
      </NumberCell>
      <NumberCell queueId={id} measure="serviceLevel" label="Service level" warning={below}>
        {percentText(row.serviceLevel)}
      </NumberCell>
      <NumberCell queueId={id} measure="speedOfAnswer" label="Answer speed">
        {meanText(row.speedOfAnswer)}
      </NumberCell>
      <NumberCell queueId={id} measure="handleTime" label="Handle time">
        {meanText(row.handleTime)}
      </NumberCell>
      <td className={css.cell} data-label="Last hour">
        <Suspense fallback={<span className={css.chart} />}>
          <Sparkline hour={row.hour} />
        </Suspense>
      </td>
    </tr>
  );
});

/** Pressing a queue's name leaves only its agents. */
function QueueName({ row }: { row: QueueRow }) {
  const chosen = useUi((store) => store.filter.queueId === row.id);
  const { icon, text } = MEDIA[row.mediaType];
  return (
    <th scope="row" className={css.cell}>
      <button
        type="button"
        className={css.name}
        aria-pressed={chosen}
        title={chosen ? 'Show the agents of all queues' : 'Show only agents of this queue'}
        onClick={() => setFilter({ queueId: chosen ? null : row.id })}
      >
        <span title={text}>
          <Icon name={icon} size={16} />
        </span>
        <UntrustedText text={row.name} />
      </button>
    </th>
  );
}
