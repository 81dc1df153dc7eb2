// Carries out effects: the only place where an action touches the network or the screen.
import { create } from 'zustand';
import { ApiError, UNREACHABLE } from '@/contract/api-error';
import { idempotencyKey } from '@/contract/client';
import { endSession } from '@/contract/session';
import type { ActionContext, Effect, Request } from '../actions/action';
import { draftOf, dropDraft } from '../model/draft';
import { linkKind, localMoment } from '../model/link';
import { useLive } from '../model/live';
import { dismissAll, notify } from '../model/notices';
import { open, select, setInFlight, useUi } from '../model/ui';
import { adopt } from './adopt';
import { loadState, requestKey, send } from './send';
import { withRetry } from './with-retry';

/** A request that waits for the agent to say "send it although I may be missing changes". */
export const useDoubt = create<{ request: Request | null }>()(() => ({ request: null }));

export function actionContext(): ActionContext | null {
  const state = useLive.getState().state;
  return state === null ? null : { state, selectedId: useUi.getState().selectedId, draftOf };
}

export function run(effect: Effect | null): void {
  switch (effect?.type) {
    case 'request':
      return ask(effect.request);
    case 'select':
      return select(effect.interactionId);
    case 'open':
      return open(effect.surface);
    case 'focus':
      return document.getElementById('wrap-up-first')?.focus();
    case 'say':
      return notify('warning', effect.text);
  }
}

function ask(request: Request): void {
  if (useUi.getState().inFlight.has(requestKey(request))) return;
  const stale = linkKind(useLive.getState().link, localMoment()) === 'stale';
  if (stale) useDoubt.setState({ request });
  else void perform(request);
}

/** The agent was warned and wants it sent. */
export function sendInDoubt(): void {
  const { request } = useDoubt.getState();
  useDoubt.setState({ request: null });
  if (request !== null) void perform(request);
}

async function perform(request: Request): Promise<void> {
  const key = requestKey(request);
  const idempotency = idempotencyKey();
  setInFlight(key, true);
  try {
    const state = await withRetry(() => send(request, idempotency));
    if (request.kind === 'wrapUp') leave(request.interactionId);
    if (request.kind === 'accept') select(request.interactionId);
    adopt(state);
  } catch (error) {
    await explain(error);
  } finally {
    setInFlight(key, false);
  }
}

/** Completed: its draft and the notices about it have nothing more to say. */
function leave(interactionId: string): void {
  dropDraft(interactionId);
  dismissAll();
}

async function explain(error: unknown): Promise<void> {
  if (!(error instanceof ApiError)) throw error;
  if (error.status === 401) return endSession();
  if (error.code === UNREACHABLE) {
    return notify('warning', 'The server could not be reached, so this was not done. Try again.');
  }
  notify(error.status >= 500 ? 'warning' : 'info', error.message);
  // Whatever was refused, the screen was behind: take the truth before the next attempt.
  if (error.status === 409 || error.status === 404) await loadState().then(adopt, () => undefined);
}
