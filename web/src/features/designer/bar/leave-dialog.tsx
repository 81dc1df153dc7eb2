// Asks before changes are lost that the server could not take.
import { Modal } from '@mantine/core';
import { Button } from '@/ui/button';
import css from '@/ui/dialog.module.css';
import { useDesignerState } from '../state/context';

interface LeaveDialogProps {
  opened: boolean;
  onLeave: (() => void) | undefined;
  onStay: (() => void) | undefined;
}

export function LeaveDialog({ opened, onLeave, onStay }: LeaveDialogProps) {
  const save = useDesignerState((state) => state.save);
  const why = save.kind === 'refused' ? save.message : 'the server cannot be reached.';
  return (
    <Modal opened={opened} onClose={() => onStay?.()} title="Not everything is saved" centered>
      <p>What you changed last is only here: {why}</p>
      <div className={css.actions}>
        <Button onClick={() => onLeave?.()}>Leave and lose it</Button>
        <Button tone="primary" data-autofocus onClick={() => onStay?.()}>
          Stay
        </Button>
      </div>
    </Modal>
  );
}
