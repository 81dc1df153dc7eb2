// All agents: what each does, since when, and on what.
import { memo, useId, useMemo } from 'react';
import type { AgentDoing, AgentRow, Wallboard } from '@/contract/types';
import { count } from '@/lib/format/duration';
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import { UntrustedText } from '@/ui/untrusted-text';
import { WindowedRows } from '@/ui/windowed-rows';
import { type Names, namesOf } from '../model/names';
import {
  type AgentFilter,
  type AgentSort,
  countDoing,
  filterAgents,
  sortAgents,
} from '../model/select';
import { setFilter, useUi } from '../model/ui';
import { DOING } from '../model/words';
import { AgentLine } from './agent-line';
import { PlainHead, SortHead } from './sort-head';
import css from './table.module.css';

/** Finding an agent begins here; `/` leads to it. */
export const SEARCH_ID = 'agent-search';

export function AgentBoard({ board }: { board: Wallboard }) {
  const id = useId();
  const { filter, agentSort: by } = useUi();
  const names = useNames(board);
  return (
    <section className={css.section} aria-labelledby={id}>
      <div className={css.tools}>
        <h2 className={css.title} id={id}>
          Agents
        </h2>
        <Filter board={board} names={names} />
      </div>
      <AgentTable agents={board.agents} filter={filter} by={by} names={names} labelledBy={id} />
    </section>
  );
}

interface AgentTableProps {
  agents: AgentRow[];
  filter: AgentFilter;
  by: AgentSort;
  names: Names;
  labelledBy: string;
}

const AgentTable = memo(function AgentTable(props: AgentTableProps) {
  const { agents, filter, by, names, labelledBy } = props;
  const rows = useMemo(() => sortAgents(filterAgents(agents, filter), by), [agents, filter, by]);
  const sort = (agentSort: AgentSort) => useUi.setState({ agentSort });
  if (rows.length === 0) {
    return (
      <p className={css.empty}>
        {agents.length === 0
          ? 'There are no agents yet. An administrator sets them up.'
          : 'No agent is like this.'}
      </p>
    );
  }
  return (
    <table
      aria-labelledby={labelledBy}
      aria-rowcount={rows.length + 1}
      className={`${css.table} ${css.agents}`}
    >
      <thead>
        <tr className={css.head} aria-rowindex={1}>
          <SortHead by="name" now={by} onSort={sort}>
            Agent
          </SortHead>
          <SortHead by="doing" now={by} onSort={sort}>
            Doing
          </SortHead>
          <PlainHead>Work</PlainHead>
          <PlainHead>Queues</PlainHead>
          <PlainHead>Skills</PlainHead>
          <SortHead by="handled" now={by} onSort={sort}>
            Handled today
          </SortHead>
        </tr>
      </thead>
      <WindowedRows rows={rows} idOf={idOf} className={css.row}>
        {(row) => <AgentLine row={row} names={names} />}
      </WindowedRows>
    </table>
  );
});

function idOf({ id }: AgentRow): string {
  return id;
}

/** The same names as long as the settings are the same: rows are not drawn anew for each frame. */
function useNames({ queues, skills, statuses }: Wallboard): Names {
  const queueNames = queues.map(({ id, name }) => `${id} ${name}`).join('\n');
  // biome-ignore lint/correctness/useExhaustiveDependencies: of the queues only the names matter
  return useMemo(() => namesOf({ queues, skills, statuses }), [queueNames, skills, statuses]);
}

function Filter({ board, names }: { board: Wallboard; names: Names }) {
  const filter = useUi((store) => store.filter);
  const counts = useMemo(() => countDoing(board.agents, filter), [board.agents, filter]);
  return (
    <div className={css.filter}>
      <input
        id={SEARCH_ID}
        className={css.search}
        type="search"
        placeholder="Find an agent"
        aria-label="Find an agent"
        value={filter.text}
        onChange={(event) => setFilter({ text: event.target.value })}
      />
      {[...counts].map(([doing, agents]) => (
        <DoingFilter key={doing} doing={doing} agents={agents} chosen={filter.doing === doing} />
      ))}
      {filter.queueId !== null && (
        <Button
          size="small"
          icon={<Icon name="cross" size={14} />}
          onClick={() => setFilter({ queueId: null })}
        >
          only <UntrustedText text={names.queue(filter.queueId)} />
        </Button>
      )}
    </div>
  );
}

interface DoingFilterProps {
  doing: AgentDoing;
  agents: number;
  chosen: boolean;
}

function DoingFilter({ doing, agents, chosen }: DoingFilterProps) {
  const { text, icon } = DOING[doing];
  return (
    <Button
      size="small"
      tone="quiet"
      aria-pressed={chosen}
      aria-label={`${text}: ${count(agents, 'agent')}`}
      icon={<Icon name={icon} size={14} />}
      onClick={() => setFilter({ doing: chosen ? null : doing })}
    >
      {text} <span className="digits">{agents}</span>
    </Button>
  );
}
