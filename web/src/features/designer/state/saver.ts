// Writes a draft to the server while it is being edited: one request at a time, the newest last.
import { ApiError } from '@/contract/api-error';

/** A pause in editing before the draft is written. */
export const PAUSE_MS = 700;
/** Waits between attempts while the server cannot be reached; the last one repeats. */
export const RETRY_MS = [1_000, 2_000, 5_000, 15_000] as const;

export type SaveState<T> =
  | { kind: 'saved' }
  | { kind: 'unsaved' }
  | { kind: 'saving' }
  | { kind: 'offline' }
  | { kind: 'refused'; message: string; field: string | null }
  | { kind: 'conflict'; theirs: T };

export interface Stored<T> {
  readonly value: T;
  readonly revision: number;
}

interface Storage<T> {
  /** Writes over the revision and answers the new one. */
  put: (value: T, revision: number) => Promise<number>;
  load: () => Promise<Stored<T>>;
  same: (one: T, other: T) => boolean;
  tell: (state: SaveState<T>) => void;
}

export class Saver<T> {
  #revision: number;
  #wanted: T | null = null;
  /** Written without an answer: any of them may be what is there now. */
  #unanswered: T[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> | null = null;
  #failures = 0;
  #state: SaveState<T> = { kind: 'saved' };
  #theirs: Stored<T> | null = null;

  constructor(
    revision: number,
    readonly storage: Storage<T>,
  ) {
    this.#revision = revision;
  }

  get state(): SaveState<T> {
    return this.#state;
  }

  get unsaved(): boolean {
    return this.#wanted !== null || this.#running !== null;
  }

  /** The draft is now this. It is written after a pause, or after what is under way. */
  change(value: T): void {
    this.#wanted = value;
    if (this.#theirs !== null) return;
    if (this.#state.kind !== 'offline') this.#tell({ kind: 'unsaved' });
    this.#after(PAUSE_MS);
  }

  /** Writes at once what is not written; ends when nothing is left, or it cannot be written now. */
  async flush(): Promise<boolean> {
    while (this.unsaved && this.#theirs === null) {
      await (this.#running ?? this.#write());
      if (this.#state.kind === 'offline' || this.#state.kind === 'refused') return false;
    }
    return this.#theirs === null;
  }

  /** Does something that needs the newest revision and makes another, such as publishing. */
  async act<R>(action: (revision: number) => Promise<R & { revision: number }>): Promise<R | null> {
    if (!(await this.flush())) return null;
    const result = await action(this.#revision);
    this.#revision = result.revision;
    return result;
  }

  /** Somebody else changed it, and that is overwritten by what is here. */
  keepMine(): void {
    if (this.#theirs === null) return;
    this.#revision = this.#theirs.revision;
    this.#theirs = null;
    this.#tell({ kind: 'unsaved' });
    this.#after(0);
  }

  /** Somebody else changed it, and what is here gives way. */
  takeTheirs(): T | null {
    const theirs = this.#theirs;
    if (theirs === null) return null;
    this.#revision = theirs.revision;
    this.#theirs = null;
    this.#wanted = null;
    this.#tell({ kind: 'saved' });
    return theirs.value;
  }

  /** The network is back, or somebody asks for another attempt. */
  retry(): void {
    if (this.#wanted !== null && this.#theirs === null) this.#after(0);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #after(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#write(), ms);
  }

  #write(): Promise<void> {
    clearTimeout(this.#timer);
    this.#running ??= this.#attempt().finally(() => {
      this.#running = null;
      if (this.#wanted !== null && this.#state.kind === 'unsaved') this.#after(0);
    });
    return this.#running;
  }

  async #attempt(): Promise<void> {
    const value = this.#wanted;
    if (value === null || this.#theirs !== null) return;
    if (this.#failures === 0) this.#tell({ kind: 'saving' });
    try {
      this.#revision = await this.storage.put(value, this.#revision);
      this.#written(value);
    } catch (error) {
      await this.#failed(value, error);
    }
  }

  #written(value: T): void {
    this.#failures = 0;
    this.#unanswered = [];
    if (this.#wanted === value) this.#wanted = null;
    this.#tell({ kind: this.#wanted === null ? 'saved' : 'unsaved' });
  }

  async #failed(value: T, error: unknown): Promise<void> {
    if (!(error instanceof ApiError)) throw error;
    if (error.status === 412) return this.#changedMeanwhile(value);
    if (!error.retryable) {
      this.#failures = 0;
      const { message, field } = error;
      return this.#tell({ kind: 'refused', message, field });
    }
    this.#later(value);
  }

  /** The answer may have been lost after the change was made: then what is there is ours. */
  async #changedMeanwhile(value: T): Promise<void> {
    try {
      const theirs = await this.storage.load();
      const isTheirs = (mine: T) => this.storage.same(theirs.value, mine);
      if (isTheirs(value) || this.#unanswered.some(isTheirs)) {
        this.#revision = theirs.revision;
        return isTheirs(value) ? this.#written(value) : this.#tell({ kind: 'unsaved' });
      }
      this.#theirs = theirs;
      this.#failures = 0;
      this.#tell({ kind: 'conflict', theirs: theirs.value });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.#later(value);
    }
  }

  #later(sent: T): void {
    this.#unanswered.push(sent);
    this.#tell({ kind: 'offline' });
    this.#after(RETRY_MS[Math.min(this.#failures, RETRY_MS.length - 1)] ?? 0);
    this.#failures += 1;
  }

  #tell(state: SaveState<T>): void {
    this.#state = state;
    this.storage.tell(state);
  }
}
