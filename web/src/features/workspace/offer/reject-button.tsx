// Reject, with the reason the center wants to know.
import { Menu } from '@mantine/core';
import type { State } from '@/contract/types';
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import { reject, rejectOffer } from '../actions/reject-offer';
import type { Offered } from '../model/place';
import { CLOSED, open, useUi } from '../model/ui';
import { run } from '../run/run';
import { usePending } from '../run/use-pending';

interface RejectButtonProps {
  work: Offered;
  reasons: State['rejectReasons'];
}

export function RejectButton({ work, reasons }: RejectButtonProps) {
  const { interactionId } = work;
  const pending = usePending('reject', interactionId);
  const opened = useUi(
    ({ surface }) => surface.kind === 'reject' && surface.interactionId === interactionId,
  );
  const look = { pending, shortcut: rejectOffer.shortcut, icon: <Icon name="cross" /> };
  if (reasons.length === 0) {
    return (
      <Button {...look} onClick={() => run(reject(work, null))}>
        Reject
      </Button>
    );
  }
  return (
    <Menu
      opened={opened}
      onChange={(next) => open(next ? { kind: 'reject', interactionId } : CLOSED)}
      position="bottom-start"
      shadow="md"
      returnFocus
    >
      <Menu.Target>
        <Button {...look}>Reject</Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Reject because</Menu.Label>
        {reasons.map(({ code, text }, index) => (
          <Menu.Item
            key={code}
            data-autofocus={index === 0 || undefined}
            onClick={() => run(reject(work, code))}
          >
            {text}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
