import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '@/contract/api-error';
import { PAUSE_MS, RETRY_MS, Saver, type SaveState, type Stored } from './saver';

const STALE = new ApiError('changedMeanwhile', 'changed', 412);

describe('saving a draft', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function setUp(stored: Stored<string> = { value: 'old', revision: 1 }) {
    const server = { ...stored };
    const told: SaveState<string>['kind'][] = [];
    const failures: unknown[] = [];
    const put = vi.fn(async (value: string, revision: number) => {
      const failure = failures.shift();
      if (failure !== undefined) throw failure;
      if (revision !== server.revision) throw STALE;
      Object.assign(server, { value, revision: revision + 1 });
      return server.revision;
    });
    const saver = new Saver<string>(1, {
      put,
      load: async () => ({ ...server }),
      same: (one, other) => one === other,
      tell: ({ kind }) => told.push(kind),
    });
    return { saver, server, told, put, failures };
  }

  it('waits for a pause and writes the newest only', async () => {
    const { saver, server, put, told } = setUp();
    saver.change('a');
    saver.change('ab');
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
    expect(server).toEqual({ value: 'ab', revision: 2 });
    expect(put).toHaveBeenCalledTimes(1);
    expect(told).toEqual(['unsaved', 'unsaved', 'saving', 'saved']);
  });

  it('writes what changed during a request after it, over the new revision', async () => {
    const { saver, server } = setUp();
    saver.change('a');
    const first = saver.flush();
    saver.change('ab');
    await first;
    expect(server).toEqual({ value: 'ab', revision: 3 });
    expect(saver.unsaved).toBe(false);
  });

  it('tries again while the server is away', async () => {
    const { saver, server, failures, told } = setUp();
    failures.push(ApiError.unreachable(null), ApiError.unreachable(null));
    saver.change('a');
    await vi.advanceTimersByTimeAsync(PAUSE_MS + RETRY_MS[0] + RETRY_MS[1]);
    expect(server.value).toBe('a');
    expect(told).toEqual(['unsaved', 'saving', 'offline', 'offline', 'saved']);
  });

  it('knows its own change when only the answer was lost', async () => {
    const { saver, server, put } = setUp();
    put.mockImplementationOnce(async (value) => {
      Object.assign(server, { value, revision: 2 });
      throw ApiError.unreachable(null);
    });
    saver.change('a');
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
    saver.change('ab');
    await vi.advanceTimersByTimeAsync(RETRY_MS[0] + PAUSE_MS);
    expect(server).toEqual({ value: 'ab', revision: 3 });
    expect(saver.state.kind).toBe('saved');
  });

  it('stops when somebody else changed it, and offers both', async () => {
    const { saver, server, put } = setUp({ value: 'theirs', revision: 7 });
    saver.change('mine');
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
    expect(saver.state).toEqual({ kind: 'conflict', theirs: 'theirs' });
    saver.change('mine too');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(put).toHaveBeenCalledTimes(1);
    expect(await saver.flush()).toBe(false);
    saver.keepMine();
    await vi.advanceTimersByTimeAsync(0);
    expect(server).toEqual({ value: 'mine too', revision: 8 });
  });

  it('gives way to theirs when asked to', async () => {
    const { saver, server } = setUp({ value: 'theirs', revision: 7 });
    saver.change('mine');
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
    expect(saver.takeTheirs()).toBe('theirs');
    saver.change('theirs and more');
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
    expect(server).toEqual({ value: 'theirs and more', revision: 8 });
  });

  it('says what the server refuses and tries again with the next change', async () => {
    const { saver, server, failures } = setUp();
    const refusal = new ApiError('invalid', 'name is too long', 400, 'name');
    failures.push(refusal, refusal);
    saver.change('a');
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
    expect(saver.state).toEqual({ kind: 'refused', message: 'name is too long', field: 'name' });
    expect(await saver.flush()).toBe(false);
    saver.change('b');
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
    expect(server.value).toBe('b');
  });

  it('acts on the newest revision, after what is unsaved', async () => {
    const { saver, server } = setUp();
    saver.change('a');
    const publish = vi.fn(async (revision: number) => ({ revision: revision + 1 }));
    await saver.act(publish);
    expect(server).toEqual({ value: 'a', revision: 2 });
    expect(publish).toHaveBeenCalledWith(2);
  });
});
