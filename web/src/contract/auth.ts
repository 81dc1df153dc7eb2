// Calls of /auth/v1.
import { ApiError } from './api-error';
import { answer, client } from './client';
import { forgetSession, rememberSession } from './session';
import type { Session } from './types';

/** The session behind the cookie, or null when there is none. */
export async function loadSession(): Promise<Session | null> {
  try {
    const session = await answer(client.GET('/auth/v1/session'));
    rememberSession(session);
    return session;
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return null;
    throw error;
  }
}

export async function login(email: string, password: string): Promise<Session> {
  const session = await answer(client.POST('/auth/v1/login', { body: { email, password } }));
  const { csrfToken, expiresAt, user, tenant } = session;
  rememberSession({ csrfToken, expiresAt, user, tenant });
  return session;
}

export async function logout(): Promise<void> {
  await answer(client.POST('/auth/v1/logout'));
  forgetSession();
}
