// A WebSocket that comes back by itself, with jitter so that a restarted server is not stormed.

const BASE_MS = 250;
const CAP_MS = 5_000;
/** A connection that has not said anything by then is given up: nothing else would end it. */
const FIRST_MESSAGE_MS = 8_000;
/** What browsers report when a connection was lost without a close frame. */
const LOST = 1006;

export interface SocketHandlers {
  opened(): void;
  message(text: string): void;
  /** `opened` is false when the handshake itself failed. Answer `stop` to end for good. */
  closed(code: number, opened: boolean): 'retry' | 'stop';
}

export interface ReconnectingSocket {
  /** Drops a connection that has gone silent and connects at once. */
  restart(): void;
  close(): void;
}

/** Milliseconds before attempt `tries`: between half and all of a doubling, capped step. */
export function backoff(tries: number, random: number): number {
  return Math.min(CAP_MS, BASE_MS * 2 ** tries) * (0.5 + random / 2);
}

/** Opens `url()`, and again after every close. */
export function openSocket(url: () => string, on: SocketHandlers): ReconnectingSocket {
  let socket: WebSocket | undefined;
  let opened = false;
  let tries = 0;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let guard: ReturnType<typeof setTimeout> | undefined;

  const detach = () => {
    clearTimeout(retry);
    clearTimeout(guard);
    if (socket === undefined) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  };
  const lost = (code: number) => {
    detach();
    if (on.closed(code, opened) === 'stop') return;
    retry = setTimeout(connect, backoff(tries++, Math.random()));
  };
  const connect = () => {
    detach();
    opened = false;
    guard = setTimeout(() => lost(LOST), FIRST_MESSAGE_MS);
    socket = new WebSocket(url());
    socket.onopen = () => {
      opened = true;
      on.opened();
    };
    socket.onmessage = (event) => {
      tries = 0;
      clearTimeout(guard);
      on.message(String(event.data));
    };
    socket.onclose = (event) => lost(event.code);
  };
  const restart = () => {
    tries = 0;
    connect();
  };

  connect();
  return { restart, close: detach };
}
