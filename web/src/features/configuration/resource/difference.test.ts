import { describe, expect, it } from 'vitest';
import { differences, onTop } from './difference';
import type { Section } from './spec';

interface Thing {
  name: string;
  groupId: number | null;
  queueIds: number[];
}
const sections: readonly Section<Thing>[] = [
  {
    title: 'Thing',
    fields: [
      { kind: 'text', key: 'name', label: 'Name', max: 9 },
      { kind: 'reference', key: 'groupId', label: 'Group', to: 'groups', none: 'In no group' },
      { kind: 'references', key: 'queueIds', label: 'Queues', to: 'queues' },
    ],
  },
];
const before: Thing = { name: 'a', groupId: null, queueIds: [1] };

describe('what somebody else changed', () => {
  const theirs = { ...before, name: 'b', queueIds: [1, 2] };
  const mine = { ...before, name: 'c', groupId: 3 };

  it('is told field by field, in words, with what both changed marked', () => {
    const names = (to: string, id: unknown) => `${to} ${id}`;
    expect(differences(sections, { before, theirs, mine }, names)).toEqual([
      { key: 'name', label: 'Name', before: 'a', theirs: 'b', mine: 'c', clash: true },
      {
        key: 'queueIds',
        label: 'Queues',
        before: 'queues 1',
        theirs: 'queues 1, queues 2',
        mine: 'queues 1',
        clash: false,
      },
    ]);
  });

  it('stays where I changed nothing', () => {
    expect(onTop(before, theirs, mine)).toEqual({ name: 'c', groupId: 3, queueIds: [1, 2] });
  });
});
