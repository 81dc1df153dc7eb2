import { describe, expect, it } from 'vitest';
import type { Document } from './document';
import { find } from './find';

const section = (id: string, title: string, text: string) => ({ id, title, text, content: [] });
const DOCUMENTS: Document[] = [
  {
    name: 'statistics',
    title: 'Statistics',
    sections: [
      section('', '', 'Queues at this moment.'),
      section('a-queue', 'A queue', 'Members (31), the service level among them.'),
    ],
  },
];

describe('searching the contracts', () => {
  it('asks for all words, wherever in the section they stand', () => {
    expect(find(DOCUMENTS, 'LEVEL queue').map(({ id }) => id)).toEqual(['a-queue']);
    expect(find(DOCUMENTS, 'level agent')).toEqual([]);
  });

  it('puts first what has the words in its heading', () => {
    expect(find(DOCUMENTS, 'queue').map(({ id }) => id)).toEqual(['a-queue', '']);
  });

  it('marks the words, also those that mean something in a pattern', () => {
    expect(find(DOCUMENTS, '(31)')[0]?.excerpt).toEqual([
      'Members ',
      '(31)',
      ', the service level among them.',
    ]);
  });

  it('finds nothing for no words', () => {
    expect(find(DOCUMENTS, '  ')).toEqual([]);
  });
});
