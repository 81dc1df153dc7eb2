// To whom something that waits is given: whoever is free first, but all can be tried.
import { useMemo, useState } from 'react';
import type { AgentRow, OpenInteraction, Wallboard } from '@/contract/types';
import { UntrustedText } from '@/ui/untrusted-text';
import { namesOf } from '../model/names';
import { filterAgents, sortAgents } from '../model/select';
import { DOING } from '../model/words';
import { perform } from '../run/perform';
import { Dialog } from './dialog';
import css from './dialog.module.css';
import { Told } from './told';

interface AssignProps {
  interaction: OpenInteraction;
  board: Wallboard;
}

export function AssignDialog({ interaction, board }: AssignProps) {
  const [text, setText] = useState('');
  const names = namesOf(board);
  const rows = useMemo(() => {
    const found = filterAgents(board.agents, { text, queueId: null, doing: null });
    const [free, others] = [found.filter(isFree), found.filter((row) => !isFree(row))];
    return [...sortAgents(free, 'since'), ...sortAgents(others, 'doing')];
  }, [board.agents, text]);
  const give = ({ id, name }: AgentRow) => {
    const { interactionId } = interaction;
    void perform({ kind: 'assign', interactionId, agentId: id }, `Given to ${name}: it rings now.`);
  };
  const who = interaction.callerName || interaction.customer;
  return (
    <Dialog title={`Give ${who} to`}>
      <input
        className={css.search}
        type="search"
        data-autofocus
        placeholder="Find an agent"
        aria-label="Find an agent"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <ul className={css.options} aria-label="Agents">
        {rows.map((row) => (
          <li key={row.id}>
            <button type="button" className={css.option} onClick={() => give(row)}>
              <UntrustedText text={row.name} />
              <small>
                {DOING[row.doing].text}
                {row.skills.length > 0 && ` · ${row.skills.map(names.skill).join(', ')}`}
              </small>
            </button>
          </li>
        ))}
        {rows.length === 0 && <li>No agent has this name.</li>}
      </ul>
      <p className={css.small}>
        Skills and queues are not asked for: you decide. Whoever is away or has no place free cannot
        take it.
      </p>
      <Told />
    </Dialog>
  );
}

function isFree({ doing }: AgentRow): boolean {
  return doing === 'available';
}
