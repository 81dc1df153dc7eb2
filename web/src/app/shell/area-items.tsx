// Entries of the workspace's own menu that lead to the other areas.
import { Menu } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Session } from '@/contract/types';
import { Icon } from '@/ui/icon';
import { areasOf } from '../areas';

export function AreaItems({ user }: { user: Session['user'] }) {
  const others = areasOf(user).filter(({ path }) => path !== '/workspace');
  if (others.length === 0) return null;
  return (
    <>
      {others.map(({ path, to, label, icon }) => (
        <Menu.Item key={path} component={Link} to={to} leftSection={<Icon name={icon} />}>
          {label}
        </Menu.Item>
      ))}
      <Menu.Divider />
    </>
  );
}
