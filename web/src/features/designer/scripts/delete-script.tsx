// Deleting a script asks first; what still uses it, the server says.
import { Modal } from '@mantine/core';
import { useState } from 'react';
import { Button } from '@/ui/button';
import dialogCss from '@/ui/dialog.module.css';
import { UntrustedText } from '@/ui/untrusted-text';
import { messageOf } from '../api/message';
import { deleteScript } from '../api/scripts';
import type { ScriptRow } from '../api/wire';
import css from './scripts.module.css';

interface DeleteScriptProps {
  /** Null while nothing is to be deleted. */
  row: ScriptRow | null;
  onClose: (gone: boolean) => void;
}

export function DeleteScript({ row, onClose }: DeleteScriptProps) {
  return (
    <Modal
      opened={row !== null}
      onClose={() => onClose(false)}
      title="Delete this script?"
      centered
    >
      {row !== null && <Question row={row} onClose={onClose} />}
    </Modal>
  );
}

function Question({ row, onClose }: { row: ScriptRow; onClose: (gone: boolean) => void }) {
  const [fault, setFault] = useState<string | null>(null);
  const [pending, setPending] = useState(false);
  const remove = async () => {
    setPending(true);
    try {
      await deleteScript(row.id, row.revision);
      onClose(true);
    } catch (error) {
      setFault(messageOf(error));
      setPending(false);
    }
  };
  return (
    <>
      <p>
        <UntrustedText text={row.name} /> goes with its draft and all its versions. Calls that are
        in it go on.
      </p>
      {fault !== null && (
        <p role="alert" className={css.fault}>
          <UntrustedText text={fault} />
        </p>
      )}
      <div className={dialogCss.actions}>
        <Button data-autofocus onClick={() => onClose(false)}>
          Keep it
        </Button>
        <Button tone="danger" pending={pending} onClick={() => void remove()}>
          Delete
        </Button>
      </div>
    </>
  );
}
