// The contracts as they are written down in the project's documents: what `?` and formulas lead to.
import { Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { type Help, useHelpOf } from '@/lib/help';
import { useHotkeys } from '@/lib/hotkeys';
import { Icon } from '@/ui/icon';
import { Logo } from '@/ui/logo';
import { Contents } from './contents';
import css from './contracts.module.css';
import { type Document, loaderOf } from './document';
import { DocumentView, NoDocument, NotLoaded } from './document-view';
import { Overview } from './overview';
import { Results } from './results';

const SEARCH = { alt: false, key: '/' };
const HELP: Help = { keys: [{ label: 'Search all contracts', chord: SEARCH }] };
const SEARCH_ID = 'search';

interface ContractsPageProps {
  /** None is the list of all. */
  name: string | undefined;
  query: string;
}

export function ContractsPage({ name, query }: ContractsPageProps) {
  useHelpOf(HELP);
  useHotkeys([{ chord: SEARCH, run: () => document.getElementById(SEARCH_ID)?.focus() }]);
  const navigate = useNavigate();
  const { shown, failed, retry } = useDocument(name);
  const search = (q: string) =>
    void navigate({
      to: '/contracts/{-$name}',
      params: { name },
      search: q === '' ? {} : { q },
      replace: true,
    });
  return (
    <div className={css.frame}>
      <header className={css.bar}>
        <Link className={css.brand} to="/" aria-label="Cordboard, your own page">
          <Logo size={24} />
        </Link>
        <Link className={css.home} to="/contracts/{-$name}" params={{ name: undefined }}>
          Contracts
        </Link>
        <label className={css.search}>
          <Icon name="search" size={16} />
          <input
            id={SEARCH_ID}
            type="search"
            placeholder="Search all contracts"
            aria-label="Search all contracts"
            value={query}
            maxLength={100}
            onChange={({ currentTarget }) => search(currentTarget.value)}
          />
        </label>
        <a className={css.machine} href="/openapi.json">
          OpenAPI
        </a>
      </header>
      <Contents here={name} sections={shown?.sections ?? []} />
      <main className={css.main}>
        {query.trim() !== '' ? (
          <Results query={query} />
        ) : name === undefined ? (
          <Overview />
        ) : loaderOf(name) === undefined ? (
          <NoDocument />
        ) : failed ? (
          <NotLoaded onRetry={retry} />
        ) : (
          shown !== null && <DocumentView shown={shown} />
        )}
      </main>
    </div>
  );
}

function useDocument(name: string | undefined) {
  const [shown, setShown] = useState<Document | null>(null);
  const [failed, setFailed] = useState(false);
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt loads again
  useEffect(() => {
    let here = true;
    const load = name === undefined ? undefined : loaderOf(name);
    setFailed(false);
    load?.().then(
      (loaded) => here && setShown(loaded),
      () => here && setFailed(true),
    );
    return () => {
      here = false;
    };
  }, [name, attempt]);
  // The one before stays out of sight until the next is there.
  return {
    shown: shown?.name === name ? shown : null,
    failed,
    retry: () => setAttempt((n) => n + 1),
  };
}
