// Keeps the workspace live: first state, then the socket, through every kind of break.
import { ApiError } from '@/contract/api-error';
import { parseFrame } from '@/contract/frame';
import { openLiveSocket } from '@/contract/live-socket';
import { endSession } from '@/contract/session';
import type { Frame } from '@/contract/types';
import { withRetry } from '@/contract/with-retry';
import { localMoment } from '@/lib/link';
import { serverClock } from '@/lib/server-clock';
import { read, write } from '@/lib/storage';
import { linkEvent, useLive } from '../model/live';
import { adopt, adoptAnew } from './adopt';
import { loadState } from './send';

/** Starts; answers the function that stops. */
export function connect(): () => void {
  let stopped = false;
  let close = () => {};

  const start = async (anew: boolean) => {
    try {
      const state = await withRetry(loadState);
      if (stopped) return;
      if (anew) adoptAnew(state);
      else adopt(state);
      // After a reload the server is asked from the last position this tab saw.
      const after = anew ? state.position : Math.min(lastSeen() ?? state.position, state.position);
      close();
      close = openLiveSocket({
        path: () => eventsPath(after),
        link: () => useLive.getState().link,
        tell: linkEvent,
        message,
        logRestarted: () => void start(true),
      });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.status === 401) endSession();
      else useLive.setState({ loadError: error });
    }
  };

  void start(false);
  return () => {
    stopped = true;
    close();
  };
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
function eventsPath(after: number): string {
  const { state, link } = useLive.getState();
  const from = link.heard === null ? after : (state?.position ?? after);
  return `/workspace/v1/events?after=${from}`;
}
