// Something that was asked for and could not be done.
import { Modal } from '@mantine/core';
import { Button } from '@/ui/button';
import css from '@/ui/dialog.module.css';
import { UntrustedText } from '@/ui/untrusted-text';

interface FaultDialogProps {
  title: string;
  fault: string | null;
  onClose: () => void;
}

export function FaultDialog({ title, fault, onClose }: FaultDialogProps) {
  return (
    <Modal opened={fault !== null} onClose={onClose} title={title} centered>
      <p>
        <UntrustedText text={fault ?? ''} />
      </p>
      <div className={css.actions}>
        <Button tone="primary" data-autofocus onClick={onClose}>
          Close
        </Button>
      </div>
    </Modal>
  );
}
