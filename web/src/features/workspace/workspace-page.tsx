// The agent workspace: three columns and one bar.
import { type ReactNode, useCallback, useEffect, useState } from 'react';
import { Button } from '@/ui/button';
import { MessagePage } from '@/ui/message';
import { Alerts } from './alerts/alerts';
import { StatusBar } from './bar/status-bar';
import { ContextColumn } from './customer/context-column';
import { DialDialog } from './dial/dial-dialog';
import { KeySheet } from './keys/key-sheet';
import { resetLive, useLive } from './model/live';
import { DoubtDialog } from './notices/doubt-dialog';
import { Notices } from './notices/notices';
import { connect } from './run/connect';
import { keepDraftsSaved } from './run/save-drafts';
import { claimTab } from './run/sign-out';
import { useLostFocus } from './run/use-lost-focus';
import { useShortcuts } from './run/use-shortcuts';
import { Stage } from './stage/stage';
import { WorkList } from './work-list/work-list';
import css from './workspace-page.module.css';

interface WorkspacePageProps {
  userId: string;
  /** Entries of the menu that lead to other parts of the product. */
  areas: ReactNode;
  onSignedOut: () => void;
}

export function WorkspacePage({ userId, areas, onSignedOut }: WorkspacePageProps) {
  const state = useLive((store) => store.state);
  const [attempt, setAttempt] = useState(0);
  const again = useCallback(() => setAttempt((n) => n + 1), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt connects anew
  useEffect(() => {
    claimTab(userId);
    const disconnect = connect();
    const stopSaving = keepDraftsSaved();
    return () => {
      disconnect();
      stopSaving();
      resetLive();
    };
  }, [attempt, userId]);
  useShortcuts();
  useLostFocus();
  if (state === null) return <BeforeState onRetry={again} />;
  return (
    <div className={css.app}>
      <StatusBar state={state} areas={areas} onSignedOut={onSignedOut} />
      <div className={css.columns}>
        <nav className={css.list} aria-labelledby="my-work">
          <WorkList state={state} />
        </nav>
        <main className={css.stage}>
          <Stage state={state} />
        </main>
        <aside className={css.context} aria-label="Customer and wrap-up">
          <ContextColumn state={state} />
        </aside>
      </div>
      <Notices />
      <DialDialog queues={state.queues} />
      <KeySheet />
      <DoubtDialog />
      <Alerts state={state} />
    </div>
  );
}

/** A page that could not load tries again by itself, as the socket would. */
const RELOAD_MS = 5_000;

function BeforeState({ onRetry }: { onRetry: () => void }) {
  const error = useLive((store) => store.loadError);
  useEffect(() => {
    if (error?.retryable !== true) return;
    const timer = setTimeout(onRetry, RELOAD_MS);
    return () => clearTimeout(timer);
  }, [error, onRetry]);
  if (error === null) {
    return (
      <MessagePage icon="link" title="Opening your workspace">
        <p role="status">Asking the server what is yours…</p>
      </MessagePage>
    );
  }
  return (
    <MessagePage
      icon="linkOff"
      title="Your workspace could not be loaded"
      actions={
        <Button tone="primary" onClick={onRetry}>
          Try again
        </Button>
      }
    >
      <p role="alert">
        {error.message} Your work is safe on the server.
        {error.retryable && ' This page tries again by itself.'}
      </p>
    </MessagePage>
  );
}
