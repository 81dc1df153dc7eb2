import { describe, expect, it } from 'vitest';
import { ApiError } from './api-error';

const response = (status: number, headers: Record<string, string> = {}) =>
  new Response(null, { status, headers });

describe('an error answer', () => {
  it('keeps what the server said', () => {
    const body = { code: 'offerGone', message: 'No longer yours.', field: null, retryable: false };
    expect(ApiError.from(body, response(409))).toMatchObject({
      code: 'offerGone',
      message: 'No longer yours.',
      status: 409,
      retryable: false,
    });
  });

  it('reads how long to wait', () => {
    const body = { code: 'rateLimited', message: 'Slowly.', field: null, retryable: true };
    expect(ApiError.from(body, response(429, { 'Retry-After': '30' })).retryAfter).toBe(30);
  });

  it('becomes a sentence when a proxy answered instead', () => {
    expect(ApiError.from('<html>', response(502))).toMatchObject({
      retryable: true,
      code: 'internal',
    });
    expect(ApiError.from(undefined, response(500)).message).toContain('500');
  });
});
