// Numbers and addresses that customers reach.
import type { Spec } from '../resource/spec';
import { SHORT } from './limits';
import { MEDIA, wordFor } from './words';

export const channels: Spec<'channels'> = {
  resource: 'channels',
  title: 'Channels',
  one: 'channel',
  about: 'Numbers and addresses that customers reach, and the script that serves them first.',
  refersTo: ['scripts'],
  columns: [
    { label: 'Name', value: ({ name }) => name },
    { label: 'Kind', value: ({ mediaType }) => wordFor(MEDIA, mediaType) },
    { label: 'Address', value: ({ address }) => address },
    {
      label: 'Script',
      value: ({ scriptId }, names) => (scriptId === null ? '' : names('scripts', scriptId)),
    },
  ],
  sections: [
    {
      title: 'Channel',
      fields: [
        { kind: 'text', key: 'name', label: 'Name', max: SHORT },
        { kind: 'choice', key: 'mediaType', label: 'Kind', options: MEDIA },
        {
          kind: 'text',
          key: 'address',
          label: 'Number or address',
          hint: 'As customers dial it, such as +15551230001.',
          max: SHORT,
        },
        {
          kind: 'reference',
          key: 'scriptId',
          label: 'Script',
          hint: 'Its newest published version serves those who come in here.',
          to: 'scripts',
        },
      ],
    },
  ],
  fresh: { name: '', mediaType: 'phone', address: '', scriptId: null },
};
