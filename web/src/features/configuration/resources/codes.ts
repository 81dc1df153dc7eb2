// What agents choose from: reasons for a status or a rejection, and what a conversation was about.
import type { Spec } from '../resource/spec';
import { SHORT } from './limits';
import { REASON_FOR, wordFor } from './words';

export const reasons: Spec<'reasons'> = {
  resource: 'reasons',
  title: 'Status codes',
  one: 'status code',
  about: 'Reasons that agents give for a break, for working offline, or for rejecting an offer.',
  refersTo: [],
  columns: [
    { label: 'Text', value: ({ text }) => text },
    { label: 'For', value: (reason) => wordFor(REASON_FOR, reason.of) },
    { label: 'Code', value: ({ code }) => code },
  ],
  sections: [
    {
      title: 'Status code',
      fields: [
        { kind: 'text', key: 'text', label: 'Text', max: SHORT },
        { kind: 'choice', key: 'of', label: 'For', options: REASON_FOR },
        {
          kind: 'text',
          key: 'code',
          label: 'Code',
          hint: 'How programs name it, such as “lunch”. It never changes.',
          onlyNew: true,
          max: SHORT,
        },
      ],
    },
  ],
  fresh: { text: '', of: 'onBreak', code: '' },
};

export const transactionCodes: Spec<'transaction-codes'> = {
  resource: 'transaction-codes',
  title: 'Transaction codes',
  one: 'transaction code',
  about: 'What a conversation was about, chosen in wrap-up. Codes form trees.',
  refersTo: ['transaction-codes'],
  columns: [
    { label: 'Text', value: ({ text }) => text },
    {
      label: 'Below',
      value: ({ parentId }, names) =>
        parentId === null ? '' : names('transaction-codes', parentId),
    },
    { label: 'Number', value: ({ id }) => Number(id) },
  ],
  parentOf: ({ parentId }) => parentId,
  sections: [
    {
      title: 'Transaction code',
      fields: [
        { kind: 'text', key: 'text', label: 'Text', max: SHORT },
        {
          kind: 'reference',
          key: 'parentId',
          label: 'Below',
          to: 'transaction-codes',
          none: 'At the top',
        },
      ],
    },
  ],
  fresh: { text: '', parentId: null },
};
