// Everything about this page itself: appearance, alerts, keys, leaving.
import { Menu } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { State } from '@/contract/types';
import { AppearanceItems } from '@/ui/appearance-items';
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import { useDesktopPermission } from '../alerts/desktop';
import { setSound, useAlertSettings } from '../alerts/settings';
import { ringOnce } from '../alerts/sound';
import { open } from '../model/ui';
import { signOut } from '../run/sign-out';
import { LeaveDialog } from './leave-dialog';

interface AccountMenuProps {
  state: State;
  /** Entries that lead to other parts of the product. */
  areas: ReactNode;
  onSignedOut: () => void;
}

export function AccountMenu({ state, areas, onSignedOut }: AccountMenuProps) {
  const [asking, setAsking] = useState(false);
  const leave = async () => {
    await signOut();
    onSignedOut();
  };
  return (
    <>
      <Menu position="bottom-end" shadow="md" width={260}>
        <Menu.Target>
          <Button
            tone="quiet"
            label={`${state.agent.name}: settings and sign out`}
            icon={<Icon name="user" size={20} />}
          />
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>
            {state.agent.name} · {state.tenant.name}
          </Menu.Label>
          {areas}
          <AppearanceItems />
          <Alerts />
          <Menu.Item leftSection={<Icon name="keyboard" />} onClick={() => open({ kind: 'keys' })}>
            Keyboard shortcuts
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item
            leftSection={<Icon name="leave" />}
            onClick={() => (state.work.length > 0 ? setAsking(true) : void leave())}
          >
            Sign out
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <LeaveDialog
        opened={asking}
        work={state.work.length}
        onStay={() => setAsking(false)}
        onLeave={() => void leave()}
      />
    </>
  );
}

function Alerts() {
  const sound = useAlertSettings((settings) => settings.sound);
  const { permission, ask } = useDesktopPermission();
  return (
    <>
      <Menu.Divider />
      <Menu.Item
        leftSection={<Icon name={sound ? 'volumeOff' : 'volume'} />}
        onClick={() => setSound(!sound)}
      >
        {sound ? 'Mute the ring' : 'Unmute the ring'}
      </Menu.Item>
      <Menu.Item leftSection={<Icon name="play" />} closeMenuOnClick={false} onClick={ringOnce}>
        Test the ring
      </Menu.Item>
      {permission === 'default' && (
        <Menu.Item leftSection={<Icon name="bell" />} onClick={ask}>
          Allow desktop notifications
        </Menu.Item>
      )}
      {permission === 'denied' && (
        <Menu.Item leftSection={<Icon name="bellOff" />} disabled>
          Desktop notifications are blocked in the browser
        </Menu.Item>
      )}
      <Menu.Divider />
    </>
  );
}
