// The navigation between areas, and the menu of the person signed in.
import { Link } from '@tanstack/react-router';
import type { Session } from '@/contract/types';
import { openHelp } from '@/lib/help';
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import { Logo } from '@/ui/logo';
import type { Area } from '../areas';
import css from './shell.module.css';
import { UserMenu } from './user-menu';

interface BarProps {
  user: Session['user'];
  tenant: Session['tenant'];
  areas: readonly Area[];
}

export function Bar({ user, tenant, areas }: BarProps) {
  return (
    <header className={css.bar}>
      <span className={css.brand}>
        <Logo size={24} />
      </span>
      <nav className={css.areas} aria-label="Areas">
        {areas.map(({ path, to, label, icon }) => (
          <Link key={path} className={css.link} to={to} params={{}} title={label}>
            <Icon name={icon} />
            <span className={css.word}>{label}</span>
          </Link>
        ))}
      </nav>
      <span className={css.tenant}>{tenant.name}</span>
      <Button
        className={css.wide ?? ''}
        tone="quiet"
        label="Keyboard shortcuts and help"
        icon={<Icon name="keyboard" size={20} />}
        onClick={openHelp}
      />
      <UserMenu user={user} tenant={tenant} />
    </header>
  );
}
