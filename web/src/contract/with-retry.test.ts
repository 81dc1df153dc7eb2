import { describe, expect, it, vi } from 'vitest';
import { ApiError } from './api-error';
import { RETRY_MS, withRetry } from './with-retry';

const wait = vi.fn(() => Promise.resolve());
const refused = new ApiError('offerGone', 'No longer yours.', 409);
const away = ApiError.unreachable(null);

describe('retrying', () => {
  it('repeats what got no answer until it has one', async () => {
    const attempt = vi
      .fn()
      .mockRejectedValueOnce(away)
      .mockRejectedValueOnce(away)
      .mockResolvedValue('yes');
    await expect(withRetry(attempt, wait)).resolves.toBe('yes');
    expect(attempt).toHaveBeenCalledTimes(3);
  });

  it('does not repeat a refusal', async () => {
    const attempt = vi.fn().mockRejectedValue(refused);
    await expect(withRetry(attempt, wait)).rejects.toBe(refused);
    expect(attempt).toHaveBeenCalledTimes(1);
  });

  it('gives up in the end, with the reason', async () => {
    const attempt = vi.fn().mockRejectedValue(away);
    await expect(withRetry(attempt, wait)).rejects.toBe(away);
    expect(attempt).toHaveBeenCalledTimes(RETRY_MS.length + 1);
  });
});
