// Whether what is on the screen is true now. Where it is not, clocks stand still and say so.
import { linkKind, localMoment } from '@/lib/link';
import { serverNow } from '@/lib/server-clock';
import { useServerNow } from '@/lib/use-server-now';
import { useBoard } from './board';

/** True while the server has been heard lately and nothing is missing. */
export function isFresh(): boolean {
  const kind = linkKind(useBoard.getState().link, localMoment());
  return kind === 'ok' || kind === 'catchingUp';
}

/** The same, followed. */
export function useFresh(): boolean {
  useBoard((store) => store.link);
  useServerNow();
  return isFresh();
}

/** What the screen's clocks show: the server's time, or the time of the last message once it is stale. */
export function boardNow(): number {
  return isFresh() ? serverNow() : (useBoard.getState().board?.now ?? serverNow());
}
