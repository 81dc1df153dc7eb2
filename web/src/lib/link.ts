// What the page knows about its own connection. Silence is an answer: after 12 s it is called stale.
import { count } from '@/lib/format/duration';

/** Two heartbeats (5 s) may be late before the page calls itself stale. */
export const STALE_MS = 12_000;
/** A catch-up is over in milliseconds; its message stays long enough to be read. */
export const CATCH_UP_SHOWN_MS = 2_500;

export interface Link {
  phase: 'connecting' | 'open' | 'live' | 'lost';
  /** When anything was last heard, on both clocks: one may be set, the other stops in sleep. */
  heard: Moment | null;
  /** The last return after a break. */
  caughtUp: { missed: number; at: Moment } | null;
}

/** A local moment: wall clock and monotonic clock, milliseconds. */
export interface Moment {
  wall: number;
  steady: number;
}

export const FIRST_LINK: Link = { phase: 'connecting', heard: null, caughtUp: null };

export type LinkEvent =
  | { type: 'opened' }
  | { type: 'heard'; at: Moment }
  | { type: 'caughtUp'; missed: number; at: Moment }
  | { type: 'lost' };

export function nextLink(link: Link, event: LinkEvent): Link {
  switch (event.type) {
    case 'opened':
      return { ...link, phase: 'open' };
    case 'heard':
      return { ...link, phase: 'live', heard: event.at };
    case 'caughtUp':
      return { phase: 'live', heard: event.at, caughtUp: { missed: event.missed, at: event.at } };
    case 'lost':
      return { ...link, phase: link.heard === null ? 'connecting' : 'lost' };
  }
}

export function elapsed(since: Moment, now: Moment): number {
  return Math.max(now.wall - since.wall, now.steady - since.steady);
}

export function localMoment(): Moment {
  return { wall: Date.now(), steady: performance.now() };
}

export type LinkKind = 'connecting' | 'ok' | 'catchingUp' | 'reconnecting' | 'stale';

export function linkKind(link: Link, now: Moment): LinkKind {
  if (link.heard === null) return 'connecting';
  if (elapsed(link.heard, now) > STALE_MS) return 'stale';
  if (link.phase === 'open') return 'catchingUp';
  if (link.phase !== 'live') return 'reconnecting';
  const caughtUp = link.caughtUp;
  return caughtUp !== null && elapsed(caughtUp.at, now) < CATCH_UP_SHOWN_MS ? 'catchingUp' : 'ok';
}

/** The words of the status bar. */
export function linkText(kind: LinkKind, link: Link, position: number | null): string {
  switch (kind) {
    case 'connecting':
      return 'connecting';
    case 'reconnecting':
      return 'link lost, reconnecting';
    case 'stale':
      return 'stale: you may be missing changes';
    case 'catchingUp':
      return link.phase === 'live' && link.caughtUp !== null && link.caughtUp.missed > 0
        ? `catching up ${count(link.caughtUp.missed, 'event')}`
        : 'catching up';
    case 'ok':
      return position === null ? 'link OK' : `link OK · ${position}`;
  }
}
