// Rows of a wallboard for tests.
import type { AgentRow, QueueRow, Wallboard } from '@/contract/types';

const NONE = { numerator: 0, denominator: 0 };

export function queueRow(change: Partial<QueueRow> = {}): QueueRow {
  return {
    id: 1,
    name: 'Billing',
    mediaType: 'phone',
    waiting: 0,
    offered: 0,
    longestSince: null,
    expectedWaitMs: null,
    talking: 0,
    wrapUp: 0,
    staff: { available: 0, busy: 0, onBreak: 0, workOffline: 0, loggedOut: 0 },
    entered: 0,
    answered: 0,
    abandoned: 0,
    targetPercent: 80,
    thresholdMs: 20_000,
    serviceLevel: NONE,
    abandonment: NONE,
    speedOfAnswer: NONE,
    handleTime: NONE,
    hour: [],
    ...change,
  };
}

export function agentRow(change: Partial<AgentRow> = {}): AgentRow {
  return {
    id: 'agAnn',
    revision: 1,
    name: 'Ann Perez',
    status: 'available',
    reason: null,
    since: 0,
    next: null,
    doing: 'available',
    doingSince: 0,
    work: [],
    queueIds: [1],
    skills: [],
    handled: 0,
    ...change,
  };
}

export function wallboard(change: Partial<Wallboard> = {}): Wallboard {
  return {
    position: 1,
    now: 1_000,
    tenant: {
      id: 'acmecorp01',
      name: 'Acme Corp',
      locale: 'en-US',
      currency: 'USD',
      timeZone: 'America/New_York',
    },
    statuses: [],
    skills: [],
    queues: [queueRow(), queueRow({ id: 2, name: 'Sales' })],
    agents: [agentRow(), agentRow({ id: 'agBen', name: 'Ben Okafor', doing: 'talking' })],
    ...change,
  };
}
