// One agent: what is at hand, and the status and skills that a supervisor can set.
import { useState } from 'react';
import type { AgentRow, AgentWork, Wallboard } from '@/contract/types';
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import { UntrustedText } from '@/ui/untrusted-text';
import { Elapsed } from '../board/elapsed';
import { namesOf } from '../model/names';
import { DOING, WORK } from '../model/words';
import { perform } from '../run/perform';
import { StoryLink } from '../story/story-link';
import { Dialog } from './dialog';
import css from './dialog.module.css';
import { Skills } from './skills';
import { Told } from './told';

export function AgentDialog({ agentId, board }: { agentId: string; board: Wallboard }) {
  const row = board.agents.find(({ id }) => id === agentId);
  if (row === undefined) return null;
  const names = namesOf(board);
  return (
    <Dialog title={row.name}>
      <p className={css.lead}>
        {DOING[row.doing].text} {row.doingSince > 0 && <Elapsed at={row.doingSince} />}
        {row.next !== null && `, then ${DOING[row.next.status].text.toLowerCase()}`}
      </p>
      {row.work.length > 0 && (
        <ul className={css.list} aria-label="Work at hand">
          {row.work.map((work) => (
            <li key={work.interactionId}>
              <Work work={work} queue={work.queueId === null ? null : names.queue(work.queueId)} />
            </li>
          ))}
        </ul>
      )}
      <dl className={css.facts}>
        <dt>Queues</dt>
        <dd>
          <UntrustedText text={row.queueIds.map(names.queue).join(', ') || 'none'} />
        </dd>
      </dl>
      <Status row={row} statuses={board.statuses} />
      <Skills row={row} known={board.skills} />
      <Told />
    </Dialog>
  );
}

function Work({ work, queue }: { work: AgentWork; queue: string | null }) {
  const [pending, setPending] = useState(false);
  const takeBack = async () => {
    setPending(true);
    const { interactionId } = work;
    await perform({ kind: 'requeue', interactionId, queueId: null }, 'Taken back to the queue.');
    setPending(false);
  };
  return (
    <>
      <span>
        <StoryLink interactionId={work.interactionId}>
          <UntrustedText text={work.customer} />
        </StoryLink>{' '}
        {queue !== null && <UntrustedText text={`${queue}, `} />}
        {WORK[work.place]} <Elapsed at={work.since} />
      </span>
      {work.place === 'offered' && (
        <Button size="small" pending={pending} onClick={() => void takeBack()}>
          Take back
        </Button>
      )}
    </>
  );
}

/** Work at hand is never lost: the status then waits for its end. */
function Status({ row, statuses }: { row: AgentRow; statuses: Wallboard['statuses'] }) {
  const [sending, setSending] = useState<string | null>(null);
  const set = async (choice: Wallboard['statuses'][number], reason: string | null) => {
    const { status, text } = choice;
    setSending(status + reason);
    const later = row.work.length > 0 && status !== 'available' ? ' after the work at hand' : '';
    const done = `${row.name}: ${text}${later}.`;
    await perform({ kind: 'status', agentId: row.id, status, reason }, done);
    setSending(null);
  };
  return (
    <section aria-labelledby="set-status">
      <h3 className={css.subtitle} id="set-status">
        Change the status
      </h3>
      {statuses.map((choice) => (
        <div key={choice.status} className={css.choices}>
          {[null, ...choice.reasons].map((reason) => (
            <Button
              key={reason?.code ?? ''}
              size="small"
              tone={reason === null ? 'plain' : 'quiet'}
              icon={reason === null && <Icon name={DOING[choice.status].icon} size={14} />}
              aria-pressed={row.status === choice.status && row.reason === (reason?.code ?? null)}
              pending={sending === choice.status + (reason?.code ?? null)}
              onClick={() => void set(choice, reason?.code ?? null)}
            >
              {reason === null ? choice.text : <UntrustedText text={reason.text} />}
            </Button>
          ))}
        </div>
      ))}
    </section>
  );
}
