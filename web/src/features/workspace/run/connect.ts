// Keeps the workspace live: first state, then the socket, through every kind of break.
import { ApiError } from '@/contract/api-error';
import { loadSession } from '@/contract/auth';
import { parseFrame } from '@/contract/frame';
import { endSession } from '@/contract/session';
import { openSocket } from '@/contract/socket';
import type { Frame } from '@/contract/types';
import { serverClock } from '@/lib/server-clock';
import { read, write } from '@/lib/storage';
import { elapsed, localMoment, STALE_MS } from '../model/link';
import { linkEvent, useLive } from '../model/live';
import { adopt, adoptAnew } from './adopt';
import { loadState } from './send';
import { withRetry } from './with-retry';

const SESSION_ENDED = 4401;
const LOG_RESTARTED = 4409;
const WATCH_MS = 1_000;

/** Starts; answers the function that stops. */
export function connect(): () => void {
  let stopped = false;
  let socket: ReturnType<typeof openSocket> | undefined;

  const closed = (code: number, opened: boolean) => {
    if (code === SESSION_ENDED) return stopAnd(endSession);
    if (code === LOG_RESTARTED) return stopAnd(() => void start(true));
    linkEvent({ type: 'lost' });
    // A refused handshake does not say why; the session does.
    if (!opened)
      void loadSession().then(
        (session) => session ?? endSession(),
        () => undefined,
      );
    return 'retry';
  };

  const start = async (anew: boolean) => {
    try {
      const state = await withRetry(loadState);
      if (stopped) return;
      if (anew) adoptAnew(state);
      else adopt(state);
      // After a reload the server is asked from the last position this tab saw.
      const after = anew ? state.position : Math.min(lastSeen() ?? state.position, state.position);
      socket = openSocket(() => eventsUrl(after), { opened, message, closed });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.status === 401) endSession();
      else useLive.setState({ loadError: error });
    }
  };

  const watch = setInterval(() => {
    const { heard, phase } = useLive.getState().link;
    // Open but silent: a half-open connection never closes by itself.
    if (phase === 'live' && heard !== null && elapsed(heard, localMoment()) > STALE_MS) hurry();
  }, WATCH_MS);
  const hurry = () => {
    if (socket === undefined) return;
    linkEvent({ type: 'lost' });
    socket.restart();
  };
  const awake = () => {
    if (useLive.getState().link.phase !== 'live') hurry();
  };
  window.addEventListener('online', awake);

  void start(false);
  return () => {
    stopped = true;
    clearInterval(watch);
    window.removeEventListener('online', awake);
    socket?.close();
  };
}

function stopAnd(then: () => void): 'stop' {
  linkEvent({ type: 'lost' });
  then();
  return 'stop';
}

function opened(): void {
  linkEvent({ type: 'opened' });
}

function message(text: string): void {
  const frame = parseFrame(text);
  if (frame === null) return;
  serverClock.observe(frame.now, Date.now());
  const { link } = useLive.getState();
  if (frame.type === 'state') receive(frame, link.phase === 'open' && link.heard !== null);
  else linkEvent({ type: 'heard', at: localMoment() });
  write('session', 'position', String(frame.position));
}

function receive(frame: Extract<Frame, { type: 'state' }>, returned: boolean): void {
  const at = localMoment();
  const first = useLive.getState().link.phase === 'open';
  if (returned || (first && frame.missed > 0)) {
    linkEvent({ type: 'caughtUp', missed: frame.missed, at });
    useLive.setState({ catchUp: { missed: frame.missed, changes: frame.changes } });
  } else {
    linkEvent({ type: 'heard', at });
  }
  adopt(frame.state, frame.changes);
}

function lastSeen(): number | null {
  const position = Number(read('session', 'position') ?? Number.NaN);
  return Number.isSafeInteger(position) ? position : null;
}

/** Asks from the newest position known, so that only what is missing is counted as missed. */
function eventsUrl(after: number): string {
  const { state, link } = useLive.getState();
  const from = link.heard === null ? after : (state?.position ?? after);
  const url = new URL(`/workspace/v1/events?after=${from}`, window.location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url.href;
}
