// Around a page that is no list of settings.
import type { ReactNode } from 'react';
import { type Help, useHelpOf } from '@/lib/help';
import { useTitle } from '@/lib/use-title';
import css from './integration.module.css';

interface PageProps {
  title: string;
  about: string;
  help: Help;
  children: ReactNode;
}

export function Page({ title, about, help, children }: PageProps) {
  useTitle(title);
  useHelpOf(help);
  return (
    <main className={css.page}>
      <header>
        <h1 className={css.title}>{title}</h1>
        <p className={css.about}>{about}</p>
      </header>
      {children}
    </main>
  );
}

/** What a page shows before what it is about has been read. */
export function Loading({ error, again }: { error: Error | null; again: () => unknown }) {
  if (error === null) return <p role="status">Loading…</p>;
  return (
    <div role="alert" className={css.problem}>
      <p>{error.message}</p>
      <button type="button" className={css.again} onClick={() => void again()}>
        Try again
      </button>
    </div>
  );
}
