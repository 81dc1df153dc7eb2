// A page of the open interactions, asked for again when the wallboard says that something has changed.
import { useEffect, useState } from 'react';
import { ApiError } from '@/contract/api-error';
import { answer, client } from '@/contract/client';
import { endSession } from '@/contract/session';
import type { InteractionPage, InteractionState } from '@/contract/types';
import { useBoard } from '../model/board';

/** Rows of one page. */
const LIMIT = 100;
/** However much happens, the page is asked for no more often. */
const EVERY_MS = 1_000;

export interface Ask {
  queue: number | null;
  state: InteractionState | null;
  /** `next` of the page before; nothing for the first. */
  after: string | null;
}

export interface PageState {
  page: InteractionPage | null;
  error: ApiError | null;
}

async function load({ queue, state, after }: Ask): Promise<InteractionPage> {
  const query = {
    limit: LIMIT,
    ...(queue !== null && { queue }),
    ...(state !== null && { state }),
    ...(after !== null && { after }),
  };
  return answer(client.GET('/supervisor/v1/interactions', { params: { query } }));
}

/** The page that is asked for, kept up to date. */
export function usePage({ queue, state, after }: Ask): PageState {
  const [shown, setShown] = useState<PageState>({ page: null, error: null });
  useEffect(() => {
    setShown({ page: null, error: null });
    return follow(async () => {
      try {
        const page = await load({ queue, state, after });
        return () => setShown({ page, error: null });
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        if (error.status === 401) endSession();
        return () => setShown((before) => ({ ...before, error }));
      }
    });
  }, [queue, state, after]);
  return shown;
}

/** Asks at once, and then whenever the log has moved on, one question at a time; answers how to stop. */
function follow(ask: () => Promise<() => void>): () => void {
  let stopped = false;
  let asking = false;
  let moved = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const next = (wait: number) => {
    asking = true;
    timer = setTimeout(async () => {
      moved = false;
      const show = await ask();
      if (stopped) return;
      show();
      asking = false;
      if (moved) next(EVERY_MS);
    }, wait);
  };
  const unsubscribe = useBoard.subscribe(({ board }, before) => {
    if (board?.position === before.board?.position) return;
    moved = true;
    if (!asking) next(EVERY_MS);
  });
  next(0);
  return () => {
    stopped = true;
    clearTimeout(timer);
    unsubscribe();
  };
}
