// Sends drafts to the server while they are written: the last write wins, from whichever page it comes.
import { ApiError } from '@/contract/api-error';
import { answer, client, idempotencyKey } from '@/contract/client';
import { endSession } from '@/contract/session';
import type { State } from '@/contract/types';
import { withRetry } from '@/contract/with-retry';
import { type Draft, draftFailed, draftSaved, useDrafts } from '../model/draft';
import { useLive } from '../model/live';
import { adopt } from './adopt';

/** A pause in typing. Sooner, every letter would be a record in the log. */
export const SAVE_AFTER_MS = 600;

const timers = new Map<string, ReturnType<typeof setTimeout>>();
const saving = new Set<string>();

/** Saves what changes from now on; answers the function that stops. */
export function keepDraftsSaved(): () => void {
  const stopWriting = useDrafts.subscribe(({ unsaved }, before) => {
    for (const [id, draft] of Object.entries(unsaved)) {
      if (draft !== before.unsaved[id]) later(id);
    }
  });
  const stopWatching = useLive.subscribe(({ link }, before) => {
    if (link.phase === 'live' && before.link.phase !== 'live') failedOnes().forEach(later);
  });
  window.addEventListener('pagehide', sendAtOnce);
  window.addEventListener('beforeunload', warn);
  return () => {
    stopWriting();
    stopWatching();
    window.removeEventListener('pagehide', sendAtOnce);
    window.removeEventListener('beforeunload', warn);
  };
}

/** Before signing out: everything is sent, or has failed. */
export async function saveAllDrafts(): Promise<void> {
  await Promise.all(Object.keys(useDrafts.getState().unsaved).map(save));
}

function later(id: string): void {
  clearTimeout(timers.get(id));
  timers.set(
    id,
    setTimeout(() => void save(id), SAVE_AFTER_MS),
  );
}

async function save(id: string): Promise<void> {
  clearTimeout(timers.get(id));
  timers.delete(id);
  if (saving.has(id)) return later(id);
  const draft = useDrafts.getState().unsaved[id];
  if (draft === undefined) return;
  saving.add(id);
  const key = idempotencyKey();
  try {
    const state = await withRetry(() => put(id, draft, key));
    // First the state that has it: the field may never fall back to an older text.
    adopt(state);
    draftSaved(id, draft);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.status === 401) endSession();
    draftFailed(id);
  } finally {
    saving.delete(id);
  }
}

function put(id: string, draft: Draft, key: string, keepalive = false): Promise<State> {
  const note = draft.note === '' ? null : draft.note;
  return answer(
    client.PUT('/workspace/v1/interactions/{id}/draft', {
      params: { path: { id } },
      headers: { 'Idempotency-Key': key },
      body: { ...draft, note },
      keepalive,
    }),
  );
}

/** The page goes away: what is unsaved is sent without waiting for the answer. */
function sendAtOnce(): void {
  for (const [id, draft] of Object.entries(useDrafts.getState().unsaved)) {
    void put(id, draft, idempotencyKey(), true).catch(() => undefined);
  }
}

/** What could not be saved would be lost: the browser asks first. */
function warn(event: BeforeUnloadEvent): void {
  if (failedOnes().length > 0) event.preventDefault();
}

function failedOnes(): string[] {
  return [...useDrafts.getState().failed];
}
