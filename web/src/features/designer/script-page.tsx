// Opens a script: loads it with the palette and all names, and keeps what is drawn from being lost.
import { useBlocker } from '@tanstack/react-router';
import { useCallback, useEffect, useState } from 'react';
import { ApiError } from '@/contract/api-error';
import { Button } from '@/ui/button';
import { MessagePage } from '@/ui/message';
import { loadPalette } from './api/flows';
import { messageOf } from './api/message';
import { loadNames } from './api/names';
import { loadScript } from './api/scripts';
import { LeaveDialog } from './bar/leave-dialog';
import { DesignerPage } from './designer-page';
import { vocabulary } from './graph/vocabulary';
import { DesignerContext } from './state/context';
import { createDesigner, type Designer } from './state/designer';

interface ScriptPageProps {
  id: number;
  onLeave: () => void;
}

type Opening = { designer: Designer } | { fault: string; gone: boolean } | null;

export function ScriptPage({ id, onLeave }: ScriptPageProps) {
  const [opening, setOpening] = useState<Opening>(null);
  const open = useCallback(async () => {
    setOpening(null);
    try {
      const [palette, names, opened] = await Promise.all([
        loadPalette(),
        loadNames(),
        loadScript(id),
      ]);
      setOpening({ designer: createDesigner(opened, vocabulary(palette, names)) });
    } catch (error) {
      const gone = error instanceof ApiError && error.status === 404;
      setOpening({ fault: gone ? 'There is no such script' : messageOf(error), gone });
    }
  }, [id]);
  useEffect(() => void open(), [open]);
  if (opening === null) return <Loading />;
  if ('fault' in opening) {
    const { fault, gone } = opening;
    return (
      <MessagePage
        icon="linkOff"
        title={fault}
        actions={
          <Button onClick={gone ? onLeave : () => void open()}>
            {gone ? 'All scripts' : 'Try again'}
          </Button>
        }
      />
    );
  }
  return (
    <DesignerContext value={opening.designer}>
      <DesignerPage onLeave={onLeave} />
      <Guard designer={opening.designer} />
    </DesignerContext>
  );
}

function Loading() {
  return (
    <MessagePage icon="script" title="Opening the script">
      <p role="status">Loading…</p>
    </MessagePage>
  );
}

/** Leaving waits until everything is saved; when it cannot be, it asks. */
function Guard({ designer: { saver } }: { designer: Designer }) {
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: async () => saver.unsaved && !(await saver.flush()),
    enableBeforeUnload: () => saver.unsaved,
    withResolver: true,
  });
  useEffect(() => () => saver.stop(), [saver]);
  return <LeaveDialog opened={status === 'blocked'} onLeave={proceed} onStay={reset} />;
}
