// How many open interactions are in each node, looked up while the overlay is on and in sight.
import { ApiError } from '@/contract/api-error';
import { liveNodes } from '../api/scripts';
import type { Designer } from './designer';

const EVERY_MS = 2_000;

/** Looks until stopped. A look that fails leaves the last counts for the next to replace. */
export function watchLive({ store, set }: Designer): () => void {
  const look = async () => {
    const { live, script } = store.getState();
    if (live === null || document.hidden) return;
    try {
      const counts = new Map<string, number>();
      for (const { node, count } of await liveNodes(script.id)) {
        counts.set(node, (counts.get(node) ?? 0) + count);
      }
      if (store.getState().live !== null) set({ live: counts });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
    }
  };
  const timer = setInterval(() => void look(), EVERY_MS);
  const stop = store.subscribe(({ live }, before) => {
    if (live !== null && before.live === null) void look();
  });
  return () => {
    stop();
    clearInterval(timer);
  };
}
