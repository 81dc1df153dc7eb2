// Signing out with work on the desk: asked once, with the number.
import { Modal } from '@mantine/core';
import { count } from '@/lib/format/duration';
import { Button } from '@/ui/button';
import css from '@/ui/dialog.module.css';

interface LeaveDialogProps {
  opened: boolean;
  work: number;
  onStay: () => void;
  onLeave: () => void;
}

export function LeaveDialog({ opened, work, onStay, onLeave }: LeaveDialogProps) {
  return (
    <Modal opened={opened} onClose={onStay} title="Sign out with work open?" centered>
      <p>
        You still have {count(work, 'interaction')}. A call goes on, and a wrap-up waits for you on
        the server.
      </p>
      <div className={css.actions}>
        <Button onClick={onStay} data-autofocus>
          Stay
        </Button>
        <Button tone="danger" onClick={onLeave}>
          Sign out
        </Button>
      </div>
    </Modal>
  );
}
