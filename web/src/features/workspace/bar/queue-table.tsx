// All my queues with what waits in them.
import type { Queue } from '@/contract/types';
import { Since } from '@/ui/timer';
import { UntrustedText } from '@/ui/untrusted-text';
import { MEDIA } from '../model/words';
import css from './queue-table.module.css';

export function QueueTable({ queues }: { queues: Queue[] }) {
  return (
    <table className={css.table}>
      <thead>
        <tr className={css.head}>
          <th scope="col">My queues</th>
          <th scope="col">Waiting</th>
          <th scope="col">Longest</th>
        </tr>
      </thead>
      <tbody>
        {queues.map((queue) => (
          <tr key={queue.id}>
            <th scope="row">
              <UntrustedText text={queue.name} /> <small>{MEDIA[queue.mediaType].text}</small>
            </th>
            <td className="digits">{queue.waiting}</td>
            <td>{queue.longestSince == null ? '–' : <Since at={queue.longestSince} />}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
