// Builders of states for tests: everything has a sane value, a test names only what it is about.
import type { Offer, State, Variable, Why, Work, WrapUp } from '@/contract/types';

export const PLACE = { locale: 'en-US', currency: 'USD', timeZone: 'America/New_York' };

const WHY: Why = {
  score: 1,
  priority: 50,
  waitedMs: 0,
  ring: 1,
  skills: [],
  candidates: [],
  excluded: [],
  excludedMore: 0,
  text: 'You were next.',
};

export function offer(change: Partial<Offer> = {}): Offer {
  return { id: 'o1', offeredAt: 100_000, deadline: 120_000, why: WHY, ...change };
}

export function wrapUp(change: Partial<WrapUp> = {}): WrapUp {
  return {
    draft: { disposition: 1000, codes: [], note: null },
    startedAt: 200_000,
    deadline: 260_000,
    dispositions: [{ code: 1000, text: 'None' }],
    codes: [],
    codesRequired: false,
    ...change,
  };
}

export function variable(change: Partial<Variable> = {}): Variable {
  const base = {
    name: '_a',
    displayName: 'A',
    value: 'a',
    dataType: 'text',
    privacy: false,
  } as const;
  return { ...base, ...change };
}

export function work(change: Partial<Work> = {}): Work {
  return {
    interactionId: 'i1',
    mediaType: 'phone',
    direction: 'in',
    callback: false,
    place: 'offered',
    lineOf: null,
    participants: [],
    queue: { id: 101, name: 'Billing' },
    channel: '+12025550100',
    ani: '+12025550143',
    callerName: 'Maria Lopez',
    createdAt: 90_000,
    queuedAt: 95_000,
    priority: 50,
    variables: [],
    messages: [],
    offer: null,
    why: WHY,
    talk: null,
    wrapUp: null,
    timeline: [],
    ...change,
  };
}

export const offered = (change: Partial<Work> = {}) => work({ offer: offer(), ...change });

export const talking = (change: Partial<Work> = {}) =>
  work({
    place: 'talking',
    talk: { answeredAt: 110_000, heldSince: null, muted: false, recording: 'off', endedAt: null },
    wrapUp: wrapUp({ startedAt: null, deadline: null }),
    ...change,
  });

export const wrappingUp = (change: Partial<Work> = {}) =>
  work({ place: 'wrapUp', wrapUp: wrapUp(), ...change });

export function state(change: Partial<State> = {}): State {
  return {
    position: 10,
    now: 100_000,
    tenant: { id: 't', name: 'Demo', ...PLACE },
    agent: { id: 'ada', name: 'Ada', status: 'available', reason: null, since: 0, next: null },
    statuses: [
      { status: 'available', text: 'Available', reasons: [] },
      { status: 'onBreak', text: 'Break', reasons: [{ code: 'lunch', text: 'Lunch' }] },
    ],
    rejectReasons: [],
    queues: [],
    work: [],
    ...change,
  };
}
