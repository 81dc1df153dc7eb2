// Whom the customer can be handed on to, kept current while the choice is open.
import { useEffect, useState } from 'react';
import { answer, client } from '@/contract/client';
import type { Targets } from '@/contract/types';

/** Who is free changes while one reads: as fresh as a glance. */
const REFRESH_MS = 2_000;
/** A pause in typing, before the server is asked. */
const TYPING_MS = 150;

export function useTargets(query: string): { targets: Targets | null; failed: boolean } {
  const [targets, setTargets] = useState<Targets | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let stopped = false;
    let timer: ReturnType<typeof setTimeout>;
    const look = async () => {
      try {
        const params = { query: { query } };
        const found = await answer(client.GET('/workspace/v1/targets', { params }));
        if (!stopped) setTargets(found);
        if (!stopped) setFailed(false);
      } catch {
        if (!stopped) setFailed(true);
      }
      if (!stopped) timer = setTimeout(look, REFRESH_MS);
    };
    timer = setTimeout(look, query === '' ? 0 : TYPING_MS);
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [query]);
  return { targets, failed };
}
