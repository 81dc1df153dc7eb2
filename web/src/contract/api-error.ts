// The one error the rest of the application meets, whatever went wrong on the way.

/** Code of a request that got no answer at all. Not a server code: the server was not reached. */
export const UNREACHABLE = 'unreachable';

/** One of several things that were wrong at once. */
export interface Fault {
  field: string;
  message: string;
}

interface Problem {
  faults?: readonly Fault[] | null;
  code: string;
  message: string;
  field?: string | null;
  retryable: boolean;
}

export class ApiError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly status: number,
    readonly field: string | null = null,
    readonly retryable = false,
    /** Seconds the server asks to wait, from `Retry-After`. */
    readonly retryAfter: number | null = null,
    /** All that is wrong, where one field does not say it. */
    readonly faults: readonly Fault[] = [],
  ) {
    super(message);
    this.name = 'ApiError';
  }

  static unreachable(cause: unknown): ApiError {
    const error = new ApiError(UNREACHABLE, 'The server cannot be reached.', 0, null, true);
    error.cause = cause;
    return error;
  }

  /** Reads the error body; an answer that is not ours (a proxy's page) becomes a plain sentence. */
  static from(body: unknown, response: Response): ApiError {
    const wait = Number.parseInt(response.headers.get('Retry-After') ?? '', 10);
    const retryAfter = Number.isNaN(wait) ? null : wait;
    if (isProblem(body)) {
      const { code, message, field = null, retryable, faults } = body;
      const all = Array.isArray(faults) ? faults : [];
      return new ApiError(code, message, response.status, field, retryable, retryAfter, all);
    }
    const gateway = response.status === 502 || response.status === 503 || response.status === 504;
    const message = gateway
      ? 'The server is not ready to answer.'
      : `The server answered ${response.status} without a reason.`;
    return new ApiError('internal', message, response.status, null, gateway, retryAfter);
  }
}

function isProblem(body: unknown): body is Problem {
  if (typeof body !== 'object' || body === null) return false;
  return (
    'code' in body &&
    typeof body.code === 'string' &&
    'message' in body &&
    typeof body.message === 'string' &&
    'retryable' in body &&
    typeof body.retryable === 'boolean'
  );
}
