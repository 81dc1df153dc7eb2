// A write that a button starts: under way, refused, done.
import { useState } from 'react';
import { ApiError } from '@/contract/api-error';

export interface Act {
  pending: boolean;
  refusal: string | null;
  /** The field that the refusal is about, as a path. */
  field: string | null;
  /** Answers null when it was refused. */
  run: <T>(work: () => Promise<T>) => Promise<T | null>;
}

export function useAct(): Act {
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<{ message: string; field: string | null } | null>(null);
  const run = async <T>(work: () => Promise<T>): Promise<T | null> => {
    if (pending) return null;
    setPending(true);
    setProblem(null);
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setProblem(error);
      return null;
    } finally {
      setPending(false);
    }
  };
  return { pending, refusal: problem?.message ?? null, field: problem?.field ?? null, run };
}
