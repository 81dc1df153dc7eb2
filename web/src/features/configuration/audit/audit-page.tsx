// Who did what: every change, newest first.
import { NativeSelect, TextInput } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Help } from '@/lib/help';
import { Button } from '@/ui/button';
import { Moment } from '@/ui/moment';
import { UntrustedText } from '@/ui/untrusted-text';
import css from '../integration/integration.module.css';
import { Loading, Page } from '../integration/page';
import { useChoices } from '../resource/data';
import audit from './audit.module.css';
import { THINGS, thing } from './things';
import { type AuditEntry, type AuditFilter, NO_FILTER, readAudit } from './wire';

const HELP: Help = {
  links: [{ label: 'Contract: audit log', href: '/contracts/administration#audit-log' }],
};

export default function AuditPage() {
  const [filter, setFilter] = useState(NO_FILTER);
  const query = useInfiniteQuery({
    queryKey: ['audit', filter],
    queryFn: ({ pageParam }) => readAudit(filter, pageParam),
    initialPageParam: null as number | null,
    getNextPageParam: ({ next }) => next,
  });
  const entries = query.data?.pages.flatMap(({ items }) => items);
  return (
    <Page
      title="Audit log"
      about="Who changed what, and when. Each entry carries the one before it in its hash, so that none can be taken out unseen."
      help={HELP}
    >
      <Filters filter={filter} onFilter={setFilter} />
      {entries === undefined ? (
        <Loading error={query.error} again={query.refetch} />
      ) : entries.length === 0 ? (
        <p className={css.nothing}>
          {filter === NO_FILTER ? 'Nothing was changed yet.' : 'Nothing matches these filters.'}
        </p>
      ) : (
        <ol className={audit.entries}>
          {entries.map((entry) => (
            <Entry key={entry.sequence} entry={entry} />
          ))}
        </ol>
      )}
      {query.hasNextPage && (
        <div>
          <Button pending={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Show older
          </Button>
        </div>
      )}
    </Page>
  );
}

interface FiltersProps {
  filter: AuditFilter;
  onFilter: (filter: AuditFilter) => void;
}

function Filters({ filter, onFilter }: FiltersProps) {
  const { choices: people } = useChoices('users');
  const set = (change: Partial<AuditFilter>) => onFilter({ ...filter, ...change });
  const kinds = Object.entries(THINGS).map(([value, label]) => ({ value, label }));
  return (
    <search className={audit.filters}>
      <NativeSelect
        label="By"
        value={filter.user}
        data={[
          { value: '', label: 'Anybody' },
          ...people.map(({ id, name }) => ({ value: String(id), label: name })),
        ]}
        onChange={({ currentTarget }) => set({ user: currentTarget.value })}
      />
      <NativeSelect
        label="What"
        value={filter.resource}
        data={[{ value: '', label: 'Anything' }, ...kinds]}
        onChange={({ currentTarget }) => set({ resource: currentTarget.value })}
      />
      <TextInput
        type="date"
        label="From"
        value={filter.from}
        onChange={({ currentTarget }) => set({ from: currentTarget.value })}
      />
      <TextInput
        type="date"
        label="To"
        value={filter.to}
        onChange={({ currentTarget }) => set({ to: currentTarget.value })}
      />
      <Button disabled={filter === NO_FILTER} onClick={() => onFilter(NO_FILTER)}>
        Clear
      </Button>
    </search>
  );
}

function Entry({ entry }: { entry: AuditEntry }) {
  const { at, by, action, resource, id, name, hash, sequence } = entry;
  return (
    <li className={audit.entry}>
      <div className={audit.line}>
        <span className={audit.what}>
          <b>{by?.name ?? 'The operator'}</b> {action} {thing(resource)}{' '}
          <UntrustedText text={name || id} />
        </span>
        <Moment at={at} />
      </div>
      {told(entry).length > 0 && (
        <dl className={audit.changes}>
          {told(entry).map(({ field, before, after }) => (
            <div key={field}>
              <dt>{field}</dt>
              <dd>
                {isNothing(before) && isNothing(after) ? (
                  'changed; it is not kept here'
                ) : (
                  <Values field={field} before={before} after={after} />
                )}
              </dd>
            </div>
          ))}
        </dl>
      )}
      <p className={audit.hash} title="Hash of this entry and all before it">
        {sequence} · {hash.slice(0, 16)}
      </p>
    </li>
  );
}

/** What was made is told by what it has; both sides of a change are absent when they are secret. */
function told({ action, changes }: AuditEntry): AuditEntry['changes'] {
  if (action === 'changed') return changes;
  return changes.filter(({ before, after }) => !isNothing(before) || !isNothing(after));
}

interface ValuesProps {
  field: string;
  before: unknown;
  after: unknown;
}

function Values({ field, before, after }: ValuesProps) {
  if (isNothing(before)) return <UntrustedText text={show(after)} clipAs={`${field} after`} />;
  return (
    <>
      <UntrustedText text={show(before)} clipAs={`${field} before`} />
      <span aria-hidden="true"> → </span>
      <span className={audit.hidden}> became </span>
      <UntrustedText text={show(after)} clipAs={`${field} after`} />
    </>
  );
}

function isNothing(value: unknown): boolean {
  return value === null || value === undefined;
}

function show(value: unknown): string {
  if (isNothing(value)) return 'nothing';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
