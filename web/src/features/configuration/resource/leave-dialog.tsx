// Leaving a form with something in it that is not saved: asked once.
import { Modal } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { useSession } from '@/contract/session';
import { Button } from '@/ui/button';
import css from '@/ui/dialog.module.css';

export function LeaveDialog({ changed, what }: { changed: boolean; what: string }) {
  // Without a session nothing could be saved anyway.
  const blocks = () => changed && useSession.getState().session !== null;
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: blocks,
    enableBeforeUnload: blocks,
    withResolver: true,
  });
  return (
    <Modal
      opened={status === 'blocked'}
      onClose={() => reset?.()}
      title="Leave without saving?"
      centered
    >
      <p>What you changed of this {what} is not saved.</p>
      <div className={css.actions}>
        <Button onClick={() => reset?.()} data-autofocus>
          Stay
        </Button>
        <Button tone="danger" onClick={() => proceed?.()}>
          Leave without saving
        </Button>
      </div>
    </Modal>
  );
}
