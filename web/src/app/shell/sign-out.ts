// Leaving from outside the workspace.
import { logout } from '@/contract/auth';
import { answer, client, idempotencyKey } from '@/contract/client';
import { forgetSession } from '@/contract/session';
import type { Session } from '@/contract/types';

/** Who also works as an agent leaves routing first, so that no offer rings at an empty desk. */
export async function signOut(user: Session['user']): Promise<void> {
  if (user.agentId != null) {
    const headers = { 'Idempotency-Key': idempotencyKey() };
    const body = { status: 'loggedOut' } as const;
    await answer(client.PUT('/workspace/v1/status', { headers, body })).catch(() => undefined);
  }
  await logout().catch(forgetSession);
}
