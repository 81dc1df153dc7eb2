// A button with a list, for adding one of several things: choosing acts, so it is no select.
import { Menu } from '@mantine/core';
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import css from './pick-menu.module.css';

interface PickMenuProps {
  /** What the button says. */
  title: string;
  /** What it is for, where the title alone does not say it. */
  label?: string;
  items: readonly { id: string; title: string }[];
  onPick: (id: string) => void;
}

export function PickMenu({ title, label, items, onPick }: PickMenuProps) {
  if (items.length === 0) return null;
  return (
    <Menu position="bottom-start" shadow="md">
      <Menu.Target>
        <Button
          tone="quiet"
          size="small"
          className={css.button ?? ''}
          icon={<Icon name="plus" size={14} />}
          aria-label={label}
        >
          {title}
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={css.list ?? ''}>
        {items.map((item) => (
          <Menu.Item key={item.id} onClick={() => onPick(item.id)}>
            <bdi>{item.title}</bdi>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
