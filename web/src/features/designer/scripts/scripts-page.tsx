// All scripts: which version serves whom, and what is drawn but not published.
import { type ReactNode, useCallback, useEffect, useState } from 'react';
import { useTitle } from '@/lib/use-title';
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import { Message } from '@/ui/message';
import { UntrustedText } from '@/ui/untrusted-text';
import { messageOf } from '../api/message';
import { listScripts } from '../api/scripts';
import type { Page, ScriptRow } from '../api/wire';
import { DeleteScript } from './delete-script';
import { NewScript } from './new-script';
import css from './scripts.module.css';

interface ScriptsPageProps {
  /** A link to a script's own page. */
  linkTo: (id: number, children: ReactNode) => ReactNode;
  onOpen: (id: number) => void;
}

export function ScriptsPage({ linkTo, onOpen }: ScriptsPageProps) {
  useTitle('Scripts');
  const { page, fault, load, reload } = useScripts();
  const [search, setSearch] = useState('');
  const [removing, setRemoving] = useState<ScriptRow | null>(null);
  const wish = search.trim().toLowerCase();
  const rows = page?.items.filter(({ name }) => name.toLowerCase().includes(wish)) ?? [];
  return (
    <main className={css.page}>
      <header className={css.head}>
        <h1 className={css.title}>Scripts</h1>
        <input
          className={css.search}
          type="search"
          aria-label="Find a script"
          placeholder="Find a script"
          autoComplete="off"
          value={search}
          onChange={({ target }) => setSearch(target.value)}
        />
        <NewScript onMade={onOpen} />
      </header>
      {fault !== null && (
        <Message
          icon="linkOff"
          title={fault}
          actions={<Button onClick={reload}>Try again</Button>}
        />
      )}
      {page === null && fault === null && <p role="status">Loading the scripts…</p>}
      {page?.items.length === 0 && (
        <Message icon="script" title="No scripts yet">
          <p>A script is what customers meet before an agent does. Draw the first one.</p>
        </Message>
      )}
      <ul className={css.rows}>
        {rows.map((row) => (
          <li key={row.id} className={css.row}>
            <div className={css.what}>
              {linkTo(row.id, <UntrustedText text={row.name || '(no name)'} />)}
              <p className={css.soft}>
                <ServedBy row={row} />
              </p>
            </div>
            <Version row={row} />
            <Button
              tone="quiet"
              size="small"
              label={`Delete ${row.name}`}
              icon={<Icon name="trash" size={16} />}
              onClick={() => setRemoving(row)}
            />
          </li>
        ))}
      </ul>
      {page !== null && page.items.length > 0 && rows.length === 0 && (
        <p className={css.soft}>No script matches “{search.trim()}”.</p>
      )}
      {page !== null && page.next !== null && (
        <Button onClick={() => void load(page.next, page.items)}>More</Button>
      )}
      <DeleteScript
        row={removing}
        onClose={(gone) => {
          setRemoving(null);
          if (gone) reload();
        }}
      />
    </main>
  );
}

function useScripts() {
  const [page, setPage] = useState<Page<ScriptRow> | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const load = useCallback(async (after: Page<unknown>['next'], earlier: readonly ScriptRow[]) => {
    setFault(null);
    try {
      const { items, next } = await listScripts(after);
      setPage({ items: [...earlier, ...items], next });
    } catch (error) {
      setFault(messageOf(error));
    }
  }, []);
  const reload = useCallback(() => void load(null, []), [load]);
  useEffect(reload, [reload]);
  return { page, fault, load, reload };
}

function ServedBy({ row }: { row: ScriptRow }) {
  if (row.channels.length === 0) return 'No channel leads here.';
  const words = row.channels.map(({ name, address }) => `${name} (${address})`).join(', ');
  return <UntrustedText text={words} />;
}

function Version({ row }: { row: ScriptRow }) {
  const { publishedVersion, draftDiffers } = row;
  return (
    <p className={css.version}>
      {publishedVersion === null ? (
        <span className={css.tag} data-tone="soft">
          Not published
        </span>
      ) : (
        <span className={css.tag}>Version {publishedVersion}</span>
      )}
      {draftDiffers && publishedVersion !== null && (
        <span className={css.tag} data-tone="warn">
          Unpublished changes
        </span>
      )}
    </p>
  );
}
