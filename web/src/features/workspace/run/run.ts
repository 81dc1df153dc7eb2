// Carries out effects: the only place where an action touches the network or the screen.
import { create } from 'zustand';
import { ApiError, UNREACHABLE } from '@/contract/api-error';
import { idempotencyKey } from '@/contract/client';
import { endSession } from '@/contract/session';
import type { State } from '@/contract/types';
import { withRetry } from '@/contract/with-retry';
import { linkKind, localMoment } from '@/lib/link';
import type { ActionContext, Effect, Request } from '../actions/action';
import { draftOf, forgetDraft } from '../model/draft';
import { firstLine } from '../model/lines';
import { useLive } from '../model/live';
import { dismissAll, notify } from '../model/notices';
import { setOutcome } from '../model/outcome';
import { DIAL, tell, untell } from '../model/told';
import { CLOSED, open, select, setInFlight, useUi } from '../model/ui';
import { adopt } from './adopt';
import { loadState, requestKey, send } from './send';

/** What is refused is told at the call or in the dialog, not in the corner. */
const TOLD_THERE: ReadonlySet<Request['kind']> = new Set([
  'dial',
  'consult',
  'transfer',
  'conference',
  'record',
  'end',
]);

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
  untell(placeOf(request));
  try {
    const state = await withRetry(() => send(request, idempotency));
    done(request, state);
    adopt(state);
  } catch (error) {
    await explain(error, request);
  } finally {
    setInFlight(key, false);
  }
}

/** What else an action that succeeded means for this page. */
function done(request: Request, state: State): void {
  switch (request.kind) {
    case 'wrapUp':
      return leave(request.interactionId);
    case 'accept':
      return select(request.interactionId);
    case 'dial': {
      setOutcome(null);
      open(CLOSED);
      const call = state.work.findLast(
        ({ place, lineOf }) => place === 'dialling' && lineOf === null,
      );
      return select(call?.interactionId ?? null);
    }
    case 'consult':
      return open(CLOSED);
    case 'transfer':
      open(CLOSED);
      return request.to === null ? undefined : notify('info', `Handed on to ${request.to.name}.`);
  }
}

/** Where the agent did it, and looks for the answer: the dial dialog, or a call with both its lines. */
function placeOf(request: Request): string {
  if (request.kind === 'dial') return DIAL;
  if (!('interactionId' in request)) return request.kind;
  const work = useLive.getState().state?.work ?? [];
  const on = work.find(({ interactionId }) => interactionId === request.interactionId);
  return (on && firstLine(work, on)?.interactionId) ?? request.interactionId;
}

/** Completed: its draft and the notices about it have nothing more to say. */
function leave(interactionId: string): void {
  forgetDraft(interactionId);
  dismissAll();
}

async function explain(error: unknown, request: Request): Promise<void> {
  if (!(error instanceof ApiError)) throw error;
  if (error.status === 401) return endSession();
  if (error.code === UNREACHABLE) {
    return notify('warning', 'The server could not be reached, so this was not done. Try again.');
  }
  const there = TOLD_THERE.has(request.kind) && error.status < 500;
  if (there) tell(placeOf(request), error.message);
  else notify(error.status >= 500 ? 'warning' : 'info', error.message);
  // Whatever was refused, the screen was behind: take the truth before the next attempt.
  if (error.status === 409 || error.status === 404) await loadState().then(adopt, () => undefined);
}
