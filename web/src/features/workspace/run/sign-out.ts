// Leaving: the agent is logged out of routing first, so that no offer rings at an empty desk.
import { logout } from '@/contract/auth';
import { idempotencyKey } from '@/contract/client';
import { forgetSession } from '@/contract/session';
import { read, write } from '@/lib/storage';
import { forgetAllDrafts } from '../model/draft';
import { resetLive, useLive } from '../model/live';
import { dismissAll } from '../model/notices';
import { setOutcome } from '../model/outcome';
import { CLOSED, open, select } from '../model/ui';
import { saveAllDrafts } from './save-drafts';
import { send } from './send';

export async function signOut(): Promise<void> {
  await saveAllDrafts();
  const status = useLive.getState().state?.agent.status;
  if (status !== undefined && status !== 'loggedOut') {
    const request = { kind: 'status', status: 'loggedOut', reason: null } as const;
    await send(request, idempotencyKey()).catch(() => undefined);
  }
  await logout().catch(forgetSession);
  leaveNothing();
}

/** Takes the tab for this person. What someone else left in it, by a session that ended, is gone. */
export function claimTab(userId: string): void {
  if (read('session', 'owner') === userId) return;
  leaveNothing();
  write('session', 'owner', userId);
}

/** What this tab keeps speaks of customers. */
function leaveNothing(): void {
  forgetAllDrafts();
  dismissAll();
  setOutcome(null);
  open(CLOSED);
  select(null);
  write('session', 'position', null);
  write('session', 'owner', null);
  resetLive();
}
