// The pages of the Configuration Manager: a column where there is room, a menu where there is none.
import { Link, useNavigate } from '@tanstack/react-router';
import { Icon } from '@/ui/icon';
import css from './configuration.module.css';
import { GROUPS } from './sections';

const TO = '/configuration/{-$section}/{-$id}';

export function Navigation({ here }: { here: string }) {
  const navigate = useNavigate();
  return (
    <nav className={css.navigation} aria-label="Configuration">
      <div className={css.column}>
        {GROUPS.map(({ title, icon, entries }) => (
          <section key={title} className={css.group}>
            <h2 className={css.groupTitle}>
              <Icon name={icon} size={16} />
              {title}
            </h2>
            <ul>
              {entries.map(({ section, title: name }) => (
                <li key={section}>
                  <Link
                    className={css.entry}
                    to={TO}
                    params={{ section, id: undefined }}
                    aria-current={section === here ? 'page' : undefined}
                  >
                    {name}
                  </Link>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
      <label className={css.choose}>
        <span className={css.chooseLabel}>Page</span>
        <select
          value={here}
          onChange={(event) =>
            void navigate({ to: TO, params: { section: event.currentTarget.value, id: undefined } })
          }
        >
          {GROUPS.map(({ title, entries }) => (
            <optgroup key={title} label={title}>
              {entries.map(({ section, title: name }) => (
                <option key={section} value={section}>
                  {name}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      </label>
    </nav>
  );
}
