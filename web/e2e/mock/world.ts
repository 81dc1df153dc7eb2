// The demo world of the mock: who works here, what they can, what can be dialed.
import type { State, TransactionCode, Why } from '@/contract/types';

export const TENANT = {
  id: 'demo',
  name: 'Cordboard Demo',
  locale: 'en-US',
  currency: 'USD',
  timeZone: 'America/New_York',
};
export const ACTION_TOKEN = 'mock-action-request-token';
export const PASSWORD = 'correct horse battery staple';
export const OFFER_MS = 20_000;
export const WRAP_UP_MS = 120_000;

export const USERS = [
  { id: 'u1', email: 'ada@demo.cordboard.local', name: 'Ada Park', role: 'agent', agentId: 'ada' },
  { id: 'u2', email: 'ben@demo.cordboard.local', name: 'Ben Ortiz', role: 'agent', agentId: 'ben' },
  { id: 'u3', email: 'sue@demo.cordboard.local', name: 'Sue Lind', role: 'supervisor' },
  { id: 'u4', email: 'amy@demo.cordboard.local', name: 'Amy Roth', role: 'administrator' },
] as const;

export const CHANNELS = [{ id: 'main', mediaType: 'phone', address: '+12025550100' }] as const;

export const QUEUES = [
  { id: 101, name: 'Billing', mediaType: 'phone' },
  { id: 102, name: 'Support', mediaType: 'phone' },
  { id: 103, name: 'Sales', mediaType: 'phone' },
] as const;

export const STATUSES: State['statuses'] = [
  { status: 'available', text: 'Available', reasons: [] },
  {
    status: 'onBreak',
    text: 'Break',
    reasons: [
      { code: 'lunch', text: 'Lunch' },
      { code: 'short', text: 'Short break' },
    ],
  },
  {
    status: 'workOffline',
    text: 'Work offline',
    reasons: [{ code: 'training', text: 'Training' }],
  },
  { status: 'loggedOut', text: 'Logged out', reasons: [] },
];

export const REJECT_REASONS: State['rejectReasons'] = [
  { code: 'notMyTopic', text: 'Not my topic' },
  { code: 'technical', text: 'Technical problem' },
];

export const DISPOSITIONS = [
  { code: 1000, text: 'None' },
  { code: 1001, text: 'Try Again' },
  { code: 1002, text: 'Schedule Callback' },
  { code: 2001, text: 'Do Not Call' },
];

export const CODES: TransactionCode[] = [
  { id: 1, text: 'Reason for call', parent: null },
  { id: 2, text: 'Order', parent: 1 },
  { id: 3, text: 'Where is my order', parent: 2 },
  { id: 4, text: 'Wrong item', parent: 2 },
  { id: 5, text: 'Refund', parent: 2 },
  { id: 6, text: 'Billing', parent: 1 },
  { id: 7, text: 'Invoice question', parent: 6 },
  { id: 8, text: 'Payment failed', parent: 6 },
  { id: 9, text: 'Other', parent: 1 },
];

export function why(agentId: string, name: string, priority: number, waitedMs: number): Why {
  return {
    score: 70,
    priority,
    waitedMs,
    ring: 1,
    skills: [
      { id: 11, name: 'Billing', needed: 5, level: 8, required: true },
      { id: 12, name: 'Spanish', needed: 4, level: 2, required: false },
    ],
    candidates: [{ agentId, name, idleMs: 185_000, preferredScore: 3 }],
    excluded: [
      {
        agentId: 'ben',
        name: 'Ben Ortiz',
        reason: 'missingSkill',
        text: 'Billing is 3, the queue needs 5',
      },
      { agentId: 'cho', name: 'Cho Minji', reason: 'notAvailable', text: 'on break since 1:58 PM' },
    ],
    excludedMore: 2,
    text: `${name} has waited longest of those who have Billing at 5 or more.`,
  };
}
