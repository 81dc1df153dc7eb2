// One script: the nodes to add, the drawing, and the details beside it.
import { Modal } from '@mantine/core';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useHelpOf } from '@/lib/help';
import { useTitle } from '@/lib/use-title';
import { Bar } from './bar/bar';
import { Conflict } from './bar/conflict';
import { FaultDialog } from './bar/fault-dialog';
import css from './designer-page.module.css';
import { HELP, useDesignerKeys, useDrawingKeys } from './keys';
import { Outline } from './outline/outline';
import { Palette } from './palette/palette';
import { Side } from './side/side';
import { watchFlow } from './state/check';
import { watchClipboard } from './state/clipboard';
import { useDesigner, useDesignerState } from './state/context';
import { watchLive } from './state/live';
import { useNarrow, useView } from './use-view';

const Canvas = lazy(() => import('./canvas/canvas').then(({ Canvas: c }) => ({ default: c })));

export function DesignerPage({ onLeave }: { onLeave: () => void }) {
  const [view, setView] = useView();
  const [adding, setAdding] = useState(false);
  const fault = useWatchers();
  const narrow = useNarrow();
  const onKeyDown = useDrawingKeys();
  useTitle(useDesignerState(({ name }) => name));
  useHelpOf(HELP);
  useDesignerKeys(() => setAdding(narrow));
  return (
    <main className={css.page}>
      <Bar view={view} onView={setView} onAdd={() => setAdding(true)} onLeave={onLeave} />
      {!narrow && (
        <nav className={css.palette} aria-label="Nodes to add">
          <Palette />
        </nav>
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: what is inside has the focus */}
      <div className={css.drawing} onKeyDown={onKeyDown}>
        {view === 'outline' ? (
          <Outline />
        ) : (
          <Suspense fallback={null}>
            <Canvas />
          </Suspense>
        )}
      </div>
      <Side />
      <Modal opened={adding && narrow} onClose={() => setAdding(false)} title="Add a node">
        <Palette onAdded={() => setAdding(false)} />
      </Modal>
      <Conflict />
      <FaultDialog title="It was not pasted" {...fault} />
    </main>
  );
}

/** What goes on beside the screen while the page is open. */
function useWatchers() {
  const designer = useDesigner();
  const [fault, setFault] = useState<string | null>(null);
  useEffect(() => {
    const { saver } = designer;
    const online = () => saver.retry();
    const stops = [watchFlow(designer), watchLive(designer), watchClipboard(designer, setFault)];
    window.addEventListener('online', online);
    return () => {
      window.removeEventListener('online', online);
      for (const stop of stops) stop();
    };
  }, [designer]);
  return { fault, onClose: () => setFault(null) };
}
