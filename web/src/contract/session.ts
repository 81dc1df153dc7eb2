// Who is signed in on this page. The cookie is HttpOnly; only the CSRF token lives here, in memory.
import { create } from 'zustand';
import type { Session } from './types';

interface SessionStore {
  session: Session | null;
  /** True once the server said the session ended; the app then goes to the sign-in page. */
  ended: boolean;
}

export const useSession = create<SessionStore>()(() => ({ session: null, ended: false }));

export function csrfToken(): string | null {
  return useSession.getState().session?.csrfToken ?? null;
}

export function rememberSession(session: Session): void {
  useSession.setState({ session, ended: false });
}

/** The server no longer knows us (401, or socket close 4401). */
export function endSession(): void {
  useSession.setState({ session: null, ended: true });
}

/** Signed out on purpose: not an event to explain on the sign-in page. */
export function forgetSession(): void {
  useSession.setState({ session: null, ended: false });
}
