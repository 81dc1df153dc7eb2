// Keeps the wallboard live.
import { openLiveSocket } from '@/contract/live-socket';
import { parseWallboardFrame } from '@/contract/wallboard-frame';
import { localMoment } from '@/lib/link';
import { serverClock } from '@/lib/server-clock';
import { linkEvent, useBoard, withRows } from '../model/board';

/** Starts; answers the function that stops. */
export function connect(): () => void {
  return openLiveSocket({
    path: () => '/supervisor/v1/events',
    link: () => useBoard.getState().link,
    tell: linkEvent,
    message,
    // Everything comes anew with each connection: there is no position to be ahead with.
    logRestarted: () => undefined,
  });
}

function message(text: string): void {
  const frame = parseWallboardFrame(text);
  if (frame === null) return;
  serverClock.observe(frame.now, Date.now());
  const at = localMoment();
  const { board, link } = useBoard.getState();
  const returned = frame.type === 'wallboard' && link.phase === 'open' && link.heard !== null;
  linkEvent(returned ? { type: 'caughtUp', missed: 0, at } : { type: 'heard', at });
  switch (frame.type) {
    case 'wallboard':
      return useBoard.setState({ board: frame.wallboard });
    case 'changes': {
      if (board === null) return;
      const { position, now, queues, agents } = frame;
      return useBoard.setState({ board: withRows(board, position, now, queues, agents) });
    }
    case 'heartbeat':
      if (board === null) return;
      return useBoard.setState({ board: { ...board, position: frame.position, now: frame.now } });
  }
}
