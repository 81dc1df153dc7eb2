import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { parseFrame } from './frame';
import { backoff, openSocket } from './socket';

class FakeSocket {
  static all: FakeSocket[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  closed = false;
  constructor(readonly url: string) {
    FakeSocket.all.push(this);
  }
  close() {
    this.closed = true;
  }
}

const last = () => FakeSocket.all.at(-1) as FakeSocket;

describe('the socket', () => {
  const on = {
    opened: vi.fn(),
    message: vi.fn(),
    closed: vi.fn(() => 'retry' as 'retry' | 'stop'),
  };
  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal('WebSocket', FakeSocket);
    FakeSocket.all = [];
    on.opened.mockClear();
    on.message.mockClear();
    on.closed.mockReset().mockReturnValue('retry');
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('comes back after a close, asking anew where to begin', () => {
    let position = 5;
    openSocket(() => `ws://x?after=${position}`, on);
    last().onopen?.();
    last().onmessage?.({ data: 'hello' });
    position = 9;
    last().onclose?.({ code: 1006 });
    expect(on.closed).toHaveBeenCalledWith(1006, true);
    vi.advanceTimersByTime(300);
    expect(last().url).toBe('ws://x?after=9');
  });

  it('waits longer each time, never beyond the cap, never in step with others', () => {
    expect(backoff(0, 0)).toBe(125);
    expect(backoff(0, 1)).toBe(250);
    expect(backoff(3, 1)).toBe(2_000);
    expect(backoff(50, 1)).toBe(5_000);
    expect(backoff(50, 0)).toBe(2_500);
  });

  it('stops when told to', () => {
    on.closed.mockReturnValue('stop');
    openSocket(() => 'ws://x', on);
    last().onclose?.({ code: 4401 });
    vi.advanceTimersByTime(60_000);
    expect(FakeSocket.all).toHaveLength(1);
  });

  it('gives up a connection that never says anything', () => {
    openSocket(() => 'ws://x', on);
    const first = last();
    first.onopen?.();
    vi.advanceTimersByTime(8_000);
    expect(first.closed).toBe(true);
    vi.advanceTimersByTime(300);
    expect(FakeSocket.all).toHaveLength(2);
  });

  it('hears nothing more from a connection it left', () => {
    const socket = openSocket(() => 'ws://x', on);
    const first = last();
    socket.restart();
    first.onmessage?.({ data: 'late' });
    expect(on.message).not.toHaveBeenCalled();
    socket.close();
    expect(last().closed).toBe(true);
    vi.advanceTimersByTime(60_000);
    expect(FakeSocket.all).toHaveLength(2);
  });
});

describe('a frame', () => {
  it('is read whole or not at all', () => {
    expect(parseFrame('{"type":"heartbeat","position":3,"now":9}')).not.toBeNull();
    const state = { type: 'state', position: 3, now: 9, missed: 0, changes: [], state: {} };
    expect(parseFrame(JSON.stringify(state))).not.toBeNull();
    for (const text of ['', '{', 'null', '[]', '{"type":"state","position":3,"now":9}']) {
      expect(parseFrame(text)).toBeNull();
    }
    expect(parseFrame('{"type":"heartbeat","position":"3","now":9}')).toBeNull();
    expect(parseFrame('{"type":"news","position":3,"now":9}')).toBeNull();
  });
});
