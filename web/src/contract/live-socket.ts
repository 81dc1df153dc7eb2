// Keeps a page in step with the server through every kind of break, and says how sure it can be.
import { elapsed, type Link, type LinkEvent, localMoment, STALE_MS } from '@/lib/link';
import { loadSession } from './auth';
import { endSession } from './session';
import { openSocket } from './socket';

const SESSION_ENDED = 4401;
const LOG_RESTARTED = 4409;
const WATCH_MS = 1_000;

export interface LivePage {
  /** Path and query of the socket; asked for again before each attempt. */
  path(): string;
  link(): Link;
  tell(event: LinkEvent): void;
  message(text: string): void;
  /** The server's log is shorter than what this page has seen: what it knows is void. */
  logRestarted(): void;
}

/** Opens the page's socket; answers the function that closes it for good. */
export function openLiveSocket(page: LivePage): () => void {
  const closed = (code: number, opened: boolean) => {
    page.tell({ type: 'lost' });
    if (code === SESSION_ENDED || code === LOG_RESTARTED) {
      if (code === SESSION_ENDED) endSession();
      else page.logRestarted();
      return 'stop';
    }
    // A refused handshake does not say why; the session does.
    if (!opened)
      void loadSession().then(
        (session) => session ?? endSession(),
        () => undefined,
      );
    return 'retry';
  };
  const opened = () => page.tell({ type: 'opened' });
  const socket = openSocket(() => address(page.path()), { opened, message: page.message, closed });
  const hurry = () => {
    page.tell({ type: 'lost' });
    socket.restart();
  };
  const watch = setInterval(() => {
    const { heard, phase } = page.link();
    // Open but silent: a half-open connection never closes by itself.
    if (phase === 'live' && heard !== null && elapsed(heard, localMoment()) > STALE_MS) hurry();
  }, WATCH_MS);
  const awake = () => {
    if (page.link().phase !== 'live') hurry();
  };
  window.addEventListener('online', awake);
  return () => {
    clearInterval(watch);
    window.removeEventListener('online', awake);
    socket.close();
  };
}

function address(path: string): string {
  const url = new URL(path, window.location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url.href;
}
