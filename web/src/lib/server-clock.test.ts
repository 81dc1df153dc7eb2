import { describe, expect, it } from 'vitest';
import { secondsLeft } from './format/duration';
import { ServerClock } from './server-clock';

describe('the server clock', () => {
  it('counts down by the server, however wrong the desk clock is', () => {
    const clock = new ServerClock();
    const anHour = 3_600_000;
    clock.observe(1_000_000, 1_000_000 - anHour);
    expect(secondsLeft(1_020_000, clock.at(1_005_000 - anHour))).toBe(15);
  });

  it('takes the message that travelled fastest', () => {
    const clock = new ServerClock();
    clock.observe(10_000, 10_400);
    clock.observe(20_000, 20_030);
    clock.observe(30_000, 30_250);
    expect(clock.offset).toBe(-30);
  });

  it('forgets old samples when the desk clock is set', () => {
    const clock = new ServerClock();
    clock.observe(10_000, 10_000);
    clock.observe(15_000, 75_000);
    expect(clock.offset).toBe(-60_000);
    clock.observe(20_000, 20_000);
    expect(clock.offset).toBe(0);
  });

  it('keeps a minute of heartbeats, so that drift is followed', () => {
    const clock = new ServerClock();
    clock.observe(0, 0);
    for (let i = 1; i <= 12; i++) clock.observe(i * 5_000, i * 5_000 + 90);
    expect(clock.offset).toBe(-90);
  });

  it('is the local clock before the first message', () => expect(new ServerClock().at(7)).toBe(7));
});
