// What waits in my queues. The first few are always in sight, all of them one press away.
import { Popover } from '@mantine/core';
import type { Queue } from '@/contract/types';
import { count } from '@/lib/format/duration';
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import { Since } from '@/ui/timer';
import { UntrustedText } from '@/ui/untrusted-text';
import { QueueTable } from './queue-table';
import css from './status-bar.module.css';

const RANKS = ['first', 'second', 'third'] as const;

export function QueueStrip({ queues }: { queues: Queue[] }) {
  if (queues.length === 0) {
    return <span className={css.queue}>You are in no queue. Ask your supervisor.</span>;
  }
  return (
    <div className={css.queues}>
      {queues.length > 1 && <AllQueues queues={queues} />}
      {shownFirst(queues).map((queue, index) => (
        <span
          key={queue.id}
          className={css.queue}
          data-rank={RANKS[index]}
          data-waiting={queue.waiting > 0 || undefined}
        >
          <b>
            <UntrustedText text={queue.name} />
          </b>
          <Waiting queue={queue} />
        </span>
      ))}
    </div>
  );
}

/** Queues in which someone waits, the longest first; then the others as the center orders them. */
function shownFirst(queues: Queue[]): Queue[] {
  const since = (queue: Queue) => queue.longestSince ?? Number.POSITIVE_INFINITY;
  return queues.toSorted((a, b) => since(a) - since(b) || 0).slice(0, RANKS.length);
}

function Waiting({ queue }: { queue: Queue }) {
  if (queue.waiting === 0) return <span className={css.counts}>0 waiting</span>;
  return (
    <span className={`${css.counts} digits`}>
      {queue.waiting} waiting
      {queue.longestSince != null && (
        <>
          {', longest '}
          <Since at={queue.longestSince} />
        </>
      )}
    </span>
  );
}

function AllQueues({ queues }: { queues: Queue[] }) {
  const waiting = queues.reduce((sum, queue) => sum + queue.waiting, 0);
  return (
    <Popover position="bottom-start" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Button
          tone="quiet"
          size="small"
          icon={<Icon name="queue" size={16} />}
          aria-label={`All my ${count(queues.length, 'queue')}, ${waiting} waiting`}
        >
          {count(queues.length, 'queue')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <QueueTable queues={queues} />
      </Popover.Dropdown>
    </Popover>
  );
}
