// The pages of the Configuration Manager, as its navigation lists them.
import type { IconName } from '@/ui/icon';
import { SPECS } from './resources/all';

export interface Entry {
  /** Its place in the address. */
  section: string;
  title: string;
}

interface Group {
  title: string;
  icon: IconName;
  entries: readonly Entry[];
}

const kinds = (...names: (keyof typeof SPECS)[]): Entry[] =>
  names.map((name) => ({ section: name, title: SPECS[name].title }));

export const GROUPS: readonly Group[] = [
  { title: 'People', icon: 'people', entries: kinds('users', 'agents', 'groups', 'skills') },
  { title: 'Routing', icon: 'queue', entries: kinds('queues', 'channels', 'schedules') },
  { title: 'Codes', icon: 'note', entries: kinds('reasons', 'transaction-codes') },
  {
    title: 'Integration',
    icon: 'link',
    entries: [
      { section: 'crm-api', title: 'CRM API' },
      { section: 'api-token', title: 'API Token' },
      { section: 'api-keys', title: 'API keys' },
      { section: 'one-time-links', title: 'One-time links' },
      ...kinds('webhooks'),
      { section: 'event-subscriptions', title: 'Event subscriptions' },
    ],
  },
  {
    title: 'Center',
    icon: 'sliders',
    entries: [
      { section: 'center', title: 'Center settings' },
      { section: 'audit', title: 'Audit log' },
    ],
  },
];

/** Where the Configuration Manager opens. */
export const FIRST = 'queues';
