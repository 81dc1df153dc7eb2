// The sentence a person needs when signing in did not work.
import { ApiError, UNREACHABLE } from '@/contract/api-error';
import { spokenDuration } from '@/lib/format/duration';

export function explain(error: unknown): string {
  if (!(error instanceof ApiError))
    return 'Something in the page went wrong. Reload and try again.';
  if (error.code === UNREACHABLE) {
    return 'The server cannot be reached. Check your connection and try again.';
  }
  if (error.status === 429) {
    const wait =
      error.retryAfter === null ? 'a few minutes' : spokenDuration(error.retryAfter * 1_000);
    return `Too many attempts. Try again in ${wait}.`;
  }
  return error.message;
}
