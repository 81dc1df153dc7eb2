// Beside every document: all of them, and the sections of the one in front.
import { Link } from '@tanstack/react-router';
import css from './contracts.module.css';
import { type Section, SHELVES } from './document';

const TO = '/contracts/{-$name}';

interface ContentsProps {
  here: string | undefined;
  sections: readonly Section[];
}

export function Contents({ here, sections }: ContentsProps) {
  return (
    <nav className={css.contents} aria-label="Contracts">
      {SHELVES.map(({ title, entries }) => (
        <section key={title}>
          <h2 className={css.shelf}>{title}</h2>
          <ul>
            {entries.map(({ name, title: entry }) => (
              <li key={name}>
                <Link
                  className={css.entry}
                  to={TO}
                  params={{ name }}
                  aria-current={name === here ? 'page' : undefined}
                >
                  {entry}
                </Link>
                {name === here && <Sections name={name} sections={sections} />}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </nav>
  );
}

function Sections({ name, sections }: { name: string; sections: readonly Section[] }) {
  return (
    <ul className={css.sections}>
      {sections
        .filter(({ id }) => id !== '')
        .map(({ id, title }) => (
          <li key={id}>
            <Link className={css.part} to={TO} params={{ name }} hash={id}>
              {title}
            </Link>
          </li>
        ))}
    </ul>
  );
}
