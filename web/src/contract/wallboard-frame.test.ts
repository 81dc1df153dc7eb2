import { describe, expect, it } from 'vitest';
import { parseWallboardFrame } from './wallboard-frame';

const parse = (frame: unknown) => parseWallboardFrame(JSON.stringify(frame));

describe('a frame of the wallboard', () => {
  it('is taken when it is whole', () => {
    const changes = { type: 'changes', position: 3, now: 5, queues: [], agents: [] };
    expect(parse(changes)).toEqual(changes);
    const heartbeat = { type: 'heartbeat', position: 3, now: 5 };
    expect(parse(heartbeat)).toEqual(heartbeat);
    expect(parse({ type: 'wallboard', position: 3, now: 5, wallboard: {} })).not.toBeNull();
  });

  it('is left alone when anything is missing', () => {
    expect(parseWallboardFrame('{')).toBeNull();
    expect(parse({ type: 'changes', position: 3, now: 5, queues: [] })).toBeNull();
    expect(parse({ type: 'heartbeat', position: '3', now: 5 })).toBeNull();
    expect(parse({ type: 'wallboard', position: 3, now: 5, wallboard: null })).toBeNull();
    expect(parse({ type: 'news', position: 3, now: 5 })).toBeNull();
  });
});
