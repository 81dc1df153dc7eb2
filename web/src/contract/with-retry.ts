// Repeats a request that got no answer. Safe because every repeat carries the same idempotency key.
import { ApiError } from './api-error';

/** Waits between attempts: a server that restarts is back within these. */
export const RETRY_MS = [400, 1_000, 2_000, 4_000] as const;

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

export async function withRetry<T>(attempt: () => Promise<T>, wait = sleep): Promise<T> {
  for (const ms of RETRY_MS) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof ApiError) || !error.retryable) throw error;
      await wait(Math.max(ms, Math.min(error.retryAfter ?? 0, 5) * 1_000));
    }
  }
  return attempt();
}
