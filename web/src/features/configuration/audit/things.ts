// Kinds of things that the audit log accounts for, by their words on the wire.

export const THINGS: Readonly<Record<string, string>> = {
  user: 'user',
  agent: 'agent',
  group: 'group',
  skill: 'skill',
  queue: 'queue',
  channel: 'channel',
  schedule: 'schedule',
  script: 'script',
  reason: 'status code',
  transactionCode: 'transaction code',
  webhook: 'webhook',
  crm: 'CRM API access',
  tokens: 'API tokens',
  apiKey: 'API key',
  secretLink: 'one-time link',
  tenant: 'center settings',
};

export function thing(resource: string): string {
  return THINGS[resource] ?? resource;
}
