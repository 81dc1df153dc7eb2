// The open interactions, and what can be done with each.
import { useId, useState } from 'react';
import type { InteractionState, OpenInteraction, Wallboard } from '@/contract/types';
import { Button } from '@/ui/button';
import { Message } from '@/ui/message';
import { WindowedRows } from '@/ui/windowed-rows';
import { useBoard } from '../model/board';
import { STATE } from '../model/words';
import { InteractionLine } from './interaction-line';
import css from './interactions.module.css';
import { type Ask, usePage } from './use-page';

const FIRST: Ask = { queue: null, state: null, after: null };

export function InteractionsPage() {
  const [ask, setAsk] = useState(FIRST);
  /** Where the pages before this one began. */
  const [before, setBefore] = useState<(string | null)[]>([]);
  const { page, error } = usePage(ask);
  const board = useBoard((store) => store.board);
  const id = useId();
  const narrow = (change: Partial<Ask>) => {
    setBefore([]);
    setAsk({ ...ask, ...change, after: null });
  };
  const forth = (next: string) => {
    setBefore([...before, ask.after]);
    setAsk({ ...ask, after: next });
  };
  const back = () => {
    setAsk({ ...ask, after: before.at(-1) ?? null });
    setBefore(before.slice(0, -1));
  };
  return (
    <section className={css.section} aria-labelledby={id}>
      <div className={css.tools}>
        <h2 className={css.title} id={id}>
          Open interactions
        </h2>
        <Filter ask={ask} board={board} onChange={narrow} />
      </div>
      {error !== null && (
        <p className={css.warning} role="alert">
          {error.message} {page !== null && 'This list is from before.'}
        </p>
      )}
      {page === null && error === null && <p className={css.quiet}>Loading…</p>}
      {page !== null && page.items.length === 0 && (
        <Message icon="clock" title="No open interactions">
          <p>
            {ask.queue === null && ask.state === null ? 'Nobody is calling.' : 'None is like this.'}
          </p>
        </Message>
      )}
      {page !== null && page.items.length > 0 && <Table items={page.items} labelledBy={id} />}
      <div className={css.pages}>
        {before.length > 0 && (
          <Button size="small" onClick={back}>
            Older
          </Button>
        )}
        {page?.next != null && (
          <Button size="small" onClick={() => forth(page.next ?? '')}>
            Newer
          </Button>
        )}
      </div>
    </section>
  );
}

function Table({ items, labelledBy }: { items: OpenInteraction[]; labelledBy: string }) {
  return (
    <table aria-labelledby={labelledBy} aria-rowcount={items.length + 1} className={css.table}>
      <thead>
        <tr className={css.head} aria-rowindex={1}>
          {['State', 'Customer', 'Queue', 'Agents', 'Since arrival', 'Actions'].map((text) => (
            <th key={text} scope="col">
              {text}
            </th>
          ))}
        </tr>
      </thead>
      <WindowedRows rows={items} idOf={idOf} className={css.row}>
        {(item) => <InteractionLine item={item} />}
      </WindowedRows>
    </table>
  );
}

function idOf({ interactionId }: OpenInteraction): string {
  return interactionId;
}

interface FilterProps {
  ask: Ask;
  board: Wallboard | null;
  onChange: (change: Partial<Ask>) => void;
}

function Filter({ ask, board, onChange }: FilterProps) {
  return (
    <div className={css.filter}>
      <label>
        Queue{' '}
        <select
          value={ask.queue ?? ''}
          onChange={({ target }) =>
            onChange({ queue: target.value === '' ? null : Number(target.value) })
          }
        >
          <option value="">all</option>
          {board?.queues.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        State{' '}
        <select
          value={ask.state ?? ''}
          onChange={({ target }) =>
            onChange({ state: target.value === '' ? null : (target.value as InteractionState) })
          }
        >
          <option value="">all</option>
          {Object.entries(STATE).map(([state, { text }]) => (
            <option key={state} value={state}>
              {text}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}
