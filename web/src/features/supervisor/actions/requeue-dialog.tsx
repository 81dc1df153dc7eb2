// Into which queue a customer is taken out of a script, or out of another queue.
import type { OpenInteraction, Wallboard } from '@/contract/types';
import { UntrustedText } from '@/ui/untrusted-text';
import { Elapsed } from '../board/elapsed';
import { inQueue } from '../model/select';
import { perform } from '../run/perform';
import { Dialog } from './dialog';
import css from './dialog.module.css';
import { Told } from './told';

interface RequeueProps {
  interaction: OpenInteraction;
  board: Wallboard;
}

export function RequeueDialog({ interaction, board }: RequeueProps) {
  const waitsIn = interaction.priority === null ? undefined : interaction.queue?.id;
  const queues = board.queues.filter(
    ({ id, mediaType }) => mediaType === interaction.mediaType && id !== waitsIn,
  );
  const who = interaction.callerName || interaction.customer;
  const put = (queueId: number, name: string) => {
    const { interactionId } = interaction;
    void perform({ kind: 'requeue', interactionId, queueId }, `Waits in ${name} now.`);
  };
  return (
    <Dialog title={`Put ${who} into`}>
      <ul className={css.options} aria-label="Queues">
        {queues.map((row) => (
          <li key={row.id}>
            <button type="button" className={css.option} onClick={() => put(row.id, row.name)}>
              <UntrustedText text={row.name} />
              <small>
                {inQueue(row)} waiting
                {row.longestSince != null && (
                  <>
                    {' '}
                    · longest <Elapsed at={row.longestSince} />
                  </>
                )}{' '}
                · {row.staff.available} free
              </small>
            </button>
          </li>
        ))}
        {queues.length === 0 && <li>There is no queue of this kind.</li>}
      </ul>
      <Told />
    </Dialog>
  );
}
