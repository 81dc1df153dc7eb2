// A write that a button starts: under way, refused, done.
import { useState } from 'react';
import { ApiError } from '@/contract/api-error';
import { useKey } from '../resource/use-key';

export interface Act {
  pending: boolean;
  refusal: string | null;
  /** The field that the refusal is about, as a path. */
  field: string | null;
  /** Answers null when it was refused. */
  run: <T>(work: () => Promise<T>) => Promise<T | null>;
  /** The same for what is made: a body that got no answer is sent again with the same key. */
  make: <B extends object, T>(
    body: B,
    work: (body: B, key: string) => Promise<T>,
  ) => Promise<T | null>;
}

export function useAct(): Act {
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<{ message: string; field: string | null } | null>(null);
  const key = useKey();
  const run = async <T>(work: () => Promise<T>): Promise<T | null> => {
    if (pending) return null;
    setPending(true);
    setProblem(null);
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setProblem(error);
      if (!error.retryable) key.forget();
      return null;
    } finally {
      setPending(false);
    }
  };
  const make: Act['make'] = async (body, work) => {
    const made = await run(() => work(body, key.of(body)));
    if (made !== null) key.forget();
    return made;
  };
  return { pending, refusal: problem?.message ?? null, field: problem?.field ?? null, run, make };
}
