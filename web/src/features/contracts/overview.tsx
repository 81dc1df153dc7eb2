// All documents: where somebody begins who looks for nothing in particular.
import { Link } from '@tanstack/react-router';
import { useTitle } from '@/lib/use-title';
import css from './contracts.module.css';
import { SHELVES } from './document';

const ABOUT: Record<string, string> = {
  Contracts: 'What programs and people can rely on, each with its quirks.',
  Decisions: 'Why it is so and not otherwise.',
};

export function Overview() {
  useTitle('Contracts');
  return (
    <div className={css.document}>
      <h1 className={css.title}>Contracts</h1>
      <p className={css.lead}>
        How to talk to this server, for people. For programs there is{' '}
        <a href="/openapi.json">/openapi.json</a>.
      </p>
      {SHELVES.map(({ title, entries }) => (
        <section key={title}>
          <h2 className={css.heading}>{title}</h2>
          <p className={css.soft}>{ABOUT[title]}</p>
          <ul className={css.cards}>
            {entries.map(({ name, title: entry }) => (
              <li key={name}>
                <Link className={css.card} to="/contracts/{-$name}" params={{ name }}>
                  {entry}
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
