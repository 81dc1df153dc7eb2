// The cells of one agent of the wallboard. Drawn anew only when the row changes.
import { memo } from 'react';
import type { AgentRow, AgentWork } from '@/contract/types';
import { Icon } from '@/ui/icon';
import { UntrustedText } from '@/ui/untrusted-text';
import type { Names } from '../model/names';
import { openDialog } from '../model/ui';
import { DOING, WORK } from '../model/words';
import { StoryLink } from '../story/story-link';
import { Elapsed } from './elapsed';
import css from './table.module.css';

interface AgentLineProps {
  row: AgentRow;
  names: Names;
}

export const AgentLine = memo(function AgentLine({ row, names }: AgentLineProps) {
  const { icon, text } = DOING[row.doing];
  const reason = row.reason === null ? undefined : names.reason(row.reason);
  return (
    <>
      <th scope="row" className={css.cell}>
        <button
          type="button"
          className={css.name}
          title="Change the status, or see more"
          onClick={() => openDialog({ kind: 'agent', agentId: row.id })}
        >
          <UntrustedText text={row.name} />
        </button>
      </th>
      <td className={css.cell} data-label="Doing">
        <span className={css.doing} data-doing={row.doing}>
          <Icon name={icon} size={16} />
          {text}
          {row.doing === row.status && reason !== undefined && `: ${reason}`}
        </span>{' '}
        {row.doingSince > 0 && <Elapsed at={row.doingSince} />}
        {row.next !== null && (
          <small className={css.quiet}> then {DOING[row.next.status].text.toLowerCase()}</small>
        )}
      </td>
      <td className={css.cell} data-label="Work">
        {row.work.length === 0 && <span className={css.quiet}>–</span>}
        {row.work.map((work) => (
          <WorkItem key={work.interactionId} work={work} names={names} />
        ))}
      </td>
      <td className={`${css.cell} ${css.quiet}`} data-label="Queues">
        <UntrustedText text={row.queueIds.map(names.queue).join(', ') || '–'} />
      </td>
      <td className={`${css.cell} ${css.quiet}`} data-label="Skills">
        <UntrustedText text={row.skills.map(names.skill).join(', ') || '–'} />
      </td>
      <td className={`${css.cell} digits`} data-label="Handled today">
        {row.handled}
      </td>
    </>
  );
});

function WorkItem({ work, names }: { work: AgentWork; names: Names }) {
  return (
    <span className={css.work}>
      <StoryLink interactionId={work.interactionId}>
        <UntrustedText text={work.customer} />
      </StoryLink>{' '}
      <span className={css.quiet}>
        {work.queueId !== null && <UntrustedText text={`${names.queue(work.queueId)}, `} />}
        {WORK[work.place]}
        {work.heldSince !== null && ', on hold'} <Elapsed at={work.heldSince ?? work.since} />
      </span>
    </span>
  );
}
