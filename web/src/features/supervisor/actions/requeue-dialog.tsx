// Into which queue a customer is taken out of a script.
import type { OpenInteraction, Wallboard } from '@/contract/types';
import { UntrustedText } from '@/ui/untrusted-text';
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
  const queues = board.queues.filter(({ mediaType }) => mediaType === interaction.mediaType);
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
                {inQueue(row)} waiting · {row.staff.available} free
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
