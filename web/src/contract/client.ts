// Typed HTTP client. Cookie session; writes carry the CSRF token and an idempotency key.
import createClient, { type Middleware } from 'openapi-fetch';
import { ApiError } from './api-error';
import type { paths } from './schema';
import { csrfToken, endSession } from './session';

/** A request gives up after this long; a retry with the same key is then safe. */
const TIMEOUT_MS = 10_000;

const guard: Middleware = {
  onRequest({ request }) {
    if (request.method === 'GET') return;
    const token = csrfToken();
    if (token !== null) request.headers.set('X-CSRF-Token', token);
  },
};

export const client = createClient<paths>({
  baseUrl: window.location.origin,
  credentials: 'same-origin',
  fetch: (request) => fetch(request, { signal: AbortSignal.timeout(TIMEOUT_MS) }),
});
client.use(guard);

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** Unwraps an answer: the body, or an `ApiError` thrown. */
export async function answer<T>(call: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await call.catch((cause: unknown) => {
    throw ApiError.unreachable(cause);
  });
  if (!response.ok) throw ApiError.from(error, response);
  return data as T;
}

/** A fresh `Idempotency-Key`. Works on plain HTTP too, where `crypto.randomUUID` does not exist. */
export function idempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

interface Sending {
  body?: unknown;
  /** The revision that the change was made to; another one on the server refuses it. */
  revision?: number;
  idempotencyKey?: string;
  signal?: AbortSignal;
}

/** A request by its path, for resources that are all alike. A session that is over ends here too. */
export async function send<T>(method: string, path: string, with_: Sending = {}): Promise<T> {
  const { body, revision, idempotencyKey: key, signal } = with_;
  const headers = new Headers();
  const token = csrfToken();
  if (method !== 'GET' && token !== null) headers.set('X-CSRF-Token', token);
  if (body !== undefined) headers.set('Content-Type', 'application/json');
  if (revision !== undefined) headers.set('If-Match', `"${revision}"`);
  if (key !== undefined) headers.set('Idempotency-Key', key);
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  const response = await fetch(path, {
    method,
    headers,
    body: body === undefined ? null : JSON.stringify(body),
    credentials: 'same-origin',
    signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
  }).catch((cause: unknown) => {
    throw ApiError.unreachable(cause);
  });
  const answered: unknown = await response.json().catch(() => undefined);
  if (response.status === 401) endSession();
  if (!response.ok) throw ApiError.from(answered, response);
  return answered as T;
}
