// How a number is counted: its formula, and what it was filled in with.
import type { Measure, QueueRow, Ratio, Wallboard } from '@/contract/types';
import { clockDigits } from '@/lib/format/duration';
import { timeOfDay } from '@/lib/format/instant';
import { placeOf } from '@/lib/format/place-of';
import { filledIn, meanText, percentText } from '../model/figure';
import { boardNow } from '../model/freshness';
import { inQueue } from '../model/select';
import { useMeasure } from '../run/measures';
import { Dialog } from './dialog';
import css from './dialog.module.css';

const CONTRACT = '/contracts/real-time-metrics#what-is-counted';

interface FormulaProps {
  queueId: number;
  measure: string;
  board: Wallboard;
}

export function FormulaDialog({ queueId, measure: key, board }: FormulaProps) {
  const row = board.queues.find(({ id }) => id === queueId);
  const { measure, failed } = useMeasure(key);
  if (row === undefined) return null;
  return (
    <Dialog title={`${measure?.name ?? 'How it is counted'} · ${row.name}`}>
      {measure === null ? (
        <p>{failed ? 'The server did not say. Close this and try again.' : 'Loading…'}</p>
      ) : (
        <Formula measure={measure} row={row} board={board} />
      )}
    </Dialog>
  );
}

function Formula({ measure, row, board }: { measure: Measure; row: QueueRow; board: Wallboard }) {
  const ratio = ratioOf(measure.key, row);
  const place = placeOf(board.tenant);
  return (
    <>
      <p className={`${css.value} digits`}>{valueText(measure, row)}</p>
      <p>{measure.formula}</p>
      {ratio !== null && <Fraction measure={measure} ratio={ratio} />}
      {measure.key === 'serviceLevel' && (
        <p>
          Promised: {row.targetPercent} % within {clockDigits(row.thresholdMs)}.
          {measure.policy !== null && ` Policy: ${measure.policy}.`}
        </p>
      )}
      <p className={css.small}>
        {measure.interval === 'today' ? `Today, ${place.timeZone}` : 'Now'}, up to position{' '}
        {board.position} of the log, {timeOfDay(board.now, place)}.{' '}
        <a href={CONTRACT} target="_blank" rel="noreferrer">
          What is counted, in full
        </a>
      </p>
    </>
  );
}

function Fraction({ measure, ratio }: { measure: Measure; ratio: Ratio }) {
  const { top, bottom } = filledIn(measure, ratio);
  return (
    <div className={`${css.fraction} digits`}>
      <p>{top}</p>
      <p>{bottom}</p>
    </div>
  );
}

function ratioOf(key: string, row: QueueRow): Ratio | null {
  switch (key) {
    case 'serviceLevel':
    case 'abandonment':
    case 'speedOfAnswer':
    case 'handleTime':
      return row[key];
    default:
      return null;
  }
}

function valueText(measure: Measure, row: QueueRow): string {
  const ratio = ratioOf(measure.key, row);
  if (ratio !== null) return measure.unit === 'percent' ? percentText(ratio) : meanText(ratio);
  switch (measure.key) {
    case 'longestSince':
      return row.longestSince == null ? '–' : clockDigits(boardNow() - row.longestSince);
    case 'waiting':
      return `${inQueue(row)}, of these ${row.offered} ringing`;
    case 'staff': {
      const { available, busy, onBreak, workOffline, loggedOut } = row.staff;
      return `${available} free, ${busy} busy, ${onBreak} on break, ${workOffline} offline, ${loggedOut} logged out`;
    }
    case 'expectedWaitMs':
      return row.expectedWaitMs === null ? 'not known yet' : clockDigits(row.expectedWaitMs);
    case 'talking':
      return `${row.talking}, and ${row.wrapUp} in wrap-up`;
    case 'answered':
    case 'entered':
      return String(row[measure.key]);
    case 'abandoned':
      return `${row.abandoned} of ${row.entered} (${percentText(row.abandonment)} without short ones)`;
    default:
      return '';
  }
}
