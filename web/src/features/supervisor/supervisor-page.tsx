// Around the supervisor's pages: how true they are right now, and what came of the last thing done.
import { Link } from '@tanstack/react-router';
import { type ReactNode, useEffect } from 'react';
import { timeOfDay } from '@/lib/format/instant';
import { placeOf } from '@/lib/format/place-of';
import { type Help, useHelpOf } from '@/lib/help';
import { useHotkeys } from '@/lib/hotkeys';
import { useTitle } from '@/lib/use-title';
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import { LinkState } from '@/ui/link-state';
import { Message } from '@/ui/message';
import { Dialogs } from './actions/dialogs';
import { Told } from './actions/told';
import { SEARCH_ID } from './board/agent-board';
import { resetBoard, useBoard } from './model/board';
import { useFresh } from './model/freshness';
import { openDialog, untell, useUi } from './model/ui';
import { connect } from './run/connect';
import css from './supervisor.module.css';

const FIND = { alt: false, key: '/' };
const FULL = { alt: false, key: 'f' };

const HELP: Help = {
  keys: [
    { label: 'Find an agent', chord: FIND },
    { label: 'Full screen', chord: FULL },
  ],
  links: [
    { label: 'What the numbers mean', href: '/contracts/supervisor#the-wallboard' },
    { label: 'What can be changed', href: '/contracts/supervisor#what-can-be-changed' },
  ],
};

const STALE_HELP = 'Nothing was heard for 12 seconds. The numbers are from before.';

export function SupervisorPage({ children }: { children: ReactNode }) {
  useTitle('Supervisor');
  useHelpOf(HELP);
  useHotkeys([
    { chord: FIND, run: () => document.getElementById(SEARCH_ID)?.focus() },
    { chord: FULL, run: toggleFullScreen },
  ]);
  useEffect(() => {
    resetBoard();
    openDialog(null);
    untell();
    return connect();
  }, []);
  const board = useBoard((store) => store.board);
  const link = useBoard((store) => store.link);
  const dialog = useUi((store) => store.dialog);
  const fresh = useFresh();
  return (
    <main className={css.page} data-stale={!fresh || undefined}>
      <header className={css.head}>
        <h1 className={css.heading}>Supervisor</h1>
        <nav className={css.tabs} aria-label="Supervisor">
          <Link className={css.tab} to="/supervisor" activeOptions={{ exact: true }}>
            Wallboard
          </Link>
          <Link className={css.tab} to="/supervisor/interactions">
            Interactions
          </Link>
        </nav>
        <LinkState link={link} position={board?.position ?? 0} staleHelp={STALE_HELP} />
        <Button
          tone="quiet"
          size="small"
          shortcut={FULL}
          icon={<Icon name="target" size={16} />}
          onClick={toggleFullScreen}
        >
          Full screen
        </Button>
      </header>
      {dialog === null && <Told />}
      {board !== null && !fresh && (
        <p className={css.stale} role="alert">
          <Icon name="warning" size={16} /> Not live: everything below is as of{' '}
          {timeOfDay(board.now, placeOf(board.tenant))}.
        </p>
      )}
      {board === null ? (
        <Message icon="link" title="Connecting">
          <p>The wallboard appears as soon as the server answers.</p>
        </Message>
      ) : (
        <>
          {children}
          <Dialogs board={board} />
        </>
      )}
    </main>
  );
}

function toggleFullScreen(): void {
  // Refused where a page may not: then nothing happens, which is what one sees.
  if (document.fullscreenElement === null) {
    document.documentElement.requestFullscreen().catch(() => undefined);
  } else {
    document.exitFullscreen().catch(() => undefined);
  }
}
