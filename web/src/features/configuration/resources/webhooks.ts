// Where a tenant's events are sent.
import { EventNames, eventWords } from '../fields/event-names';
import type { Spec } from '../resource/spec';
import { WebhookExtra } from '../webhooks/webhook-extra';
import { SHORT, URI } from './limits';

export const webhooks: Spec<'webhooks'> = {
  resource: 'webhooks',
  title: 'Webhooks',
  one: 'webhook',
  about: 'Addresses that public events are sent to, signed, one request each.',
  refersTo: [],
  columns: [
    { label: 'Name', value: ({ name }) => name },
    { label: 'Address', value: ({ uri }) => uri },
    { label: 'State', value: ({ enabled }) => (enabled ? 'On' : 'Off') },
  ],
  sections: [
    {
      title: 'Webhook',
      fields: [
        { kind: 'text', key: 'name', label: 'Name', max: SHORT },
        {
          kind: 'text',
          key: 'uri',
          label: 'Address',
          type: 'url',
          hint: 'https, on the public internet, unless your operator allows more.',
          max: URI,
        },
        {
          kind: 'toggle',
          key: 'enabled',
          label: 'Send events',
          hint: 'What happens while this is off is never sent.',
        },
        {
          kind: 'own',
          key: 'events',
          label: 'Which events',
          hint: 'None named means all.',
          control: EventNames,
          words: eventWords,
        },
      ],
    },
  ],
  fresh: { name: '', uri: 'https://', events: [], enabled: true },
  Extra: WebhookExtra,
};
