// Kinds of setting that are a name and no more.
import type { Section, Spec } from '../resource/spec';
import { SHORT } from './limits';

const sections: readonly Section<{ name: string }>[] = [
  { title: 'Name', fields: [{ kind: 'text', key: 'name', label: 'Name', max: SHORT }] },
];
const columns = [{ label: 'Name', value: ({ name }: { name: string }) => name }];

export const skills: Spec<'skills'> = {
  resource: 'skills',
  title: 'Skills',
  one: 'skill',
  about: 'What agents are good at. Queues ask for skills, agents have them at a level.',
  refersTo: [],
  columns,
  sections,
  fresh: { name: '' },
};

export const groups: Spec<'groups'> = {
  resource: 'groups',
  title: 'Groups',
  one: 'group',
  about: 'Agents who are watched and set up together.',
  refersTo: [],
  columns,
  sections,
  fresh: { name: '' },
};
