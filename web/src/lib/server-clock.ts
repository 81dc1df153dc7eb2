// The server's clock, estimated from the `now` of its messages. Deadlines are the server's.

/** Samples kept: a minute of heartbeats. */
const SAMPLES_MAX = 12;
/** A jump beyond this is a clock that was set, or a laptop that slept: older samples are void. */
const JUMP_MS = 1_000;

export class ServerClock {
  #offsets: number[] = [];

  /**
   * Takes the server's `now` received at local time `receivedAt`. The difference is short by the time
   * the message travelled, so the largest of the recent ones is the nearest to the truth.
   */
  observe(now: number, receivedAt: number): void {
    const offset = now - receivedAt;
    if (Math.abs(offset - this.offset) > JUMP_MS) this.#offsets = [];
    this.#offsets.push(offset);
    if (this.#offsets.length > SAMPLES_MAX) this.#offsets.shift();
  }

  /** Milliseconds to add to the local clock; 0 before the first message. */
  get offset(): number {
    return this.#offsets.length === 0 ? 0 : Math.max(...this.#offsets);
  }

  at(local: number): number {
    return local + this.offset;
  }
}

export const serverClock = new ServerClock();

/** What the server's clock reads now. */
export function serverNow(): number {
  return serverClock.at(Date.now());
}
