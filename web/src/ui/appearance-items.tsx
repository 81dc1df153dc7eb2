// Entries of a menu that choose between light and dark.
import { Menu, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { Icon } from './icon';

export function AppearanceItems() {
  const scheme = useComputedColorScheme('light');
  const { setColorScheme } = useMantineColorScheme();
  const other = scheme === 'dark' ? 'light' : 'dark';
  return (
    <>
      <Menu.Item
        leftSection={<Icon name={other === 'dark' ? 'moon' : 'sun'} />}
        onClick={() => setColorScheme(other)}
      >
        Use {other} colors
      </Menu.Item>
      <Menu.Item leftSection={<Icon name="sun" />} onClick={() => setColorScheme('auto')}>
        Follow the system's colors
      </Menu.Item>
    </>
  );
}
