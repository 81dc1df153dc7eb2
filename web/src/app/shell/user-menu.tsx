// Who is signed in here: appearance, keys, leaving.
import { Menu } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import type { Session } from '@/contract/types';
import { openHelp } from '@/lib/help';
import { AppearanceItems } from '@/ui/appearance-items';
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import { signOut } from './sign-out';

export function UserMenu({ user, tenant }: Pick<Session, 'user' | 'tenant'>) {
  const navigate = useNavigate();
  const leave = async () => {
    await signOut(user);
    await navigate({ to: '/login', search: {}, ignoreBlocker: true });
  };
  return (
    <Menu position="bottom-end" shadow="md" width={260}>
      <Menu.Target>
        <Button
          tone="quiet"
          label={`${user.name}: settings and sign out`}
          icon={<Icon name="user" size={20} />}
        />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {user.name} · {user.role} · {tenant.name}
        </Menu.Label>
        <AppearanceItems />
        <Menu.Divider />
        <Menu.Item leftSection={<Icon name="keyboard" />} onClick={openHelp}>
          Keyboard shortcuts
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<Icon name="leave" />} onClick={() => void leave()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
