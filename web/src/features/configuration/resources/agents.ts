// Who serves customers.
import { CapacityField, capacityFaults, capacityWords } from '../fields/capacity';
import { SkillLevels, skillNames, skillWords } from '../fields/skill-levels';
import type { Spec } from '../resource/spec';
import { SHORT } from './limits';

export const agents: Spec<'agents'> = {
  resource: 'agents',
  title: 'Agents',
  one: 'agent',
  about: 'Who serves customers: skills, queues, and how much at once.',
  refersTo: ['groups', 'queues', 'skills'],
  columns: [
    { label: 'Name', value: ({ name }) => name },
    {
      label: 'Group',
      value: ({ groupId }, names) => (groupId === null ? '' : names('groups', groupId)),
    },
    {
      label: 'Queues',
      value: ({ queueIds }, names) => queueIds.map((id) => names('queues', id)).join(', '),
    },
    { label: 'Skills', value: ({ skills }, names) => skillWords(skills, names) },
  ],
  sections: [
    {
      title: 'Agent',
      fields: [
        { kind: 'text', key: 'name', label: 'Name', max: SHORT },
        { kind: 'reference', key: 'groupId', label: 'Group', to: 'groups', none: 'In no group' },
      ],
    },
    {
      title: 'Work',
      fields: [
        { kind: 'references', key: 'queueIds', label: 'Queues', to: 'queues' },
        {
          kind: 'own',
          key: 'skills',
          label: 'Skills',
          hint: '0 to 10; queues ask for a lowest level.',
          control: SkillLevels,
          words: skillWords,
          names: skillNames,
        },
        {
          kind: 'own',
          key: 'capacity',
          label: 'How many at once',
          control: CapacityField,
          check: capacityFaults,
          words: capacityWords,
        },
      ],
    },
  ],
  fresh: { name: '', skills: [], queueIds: [], capacity: { phone: 1 }, groupId: null },
};
