// Where interactions wait for agents.

import type { Queue } from '@/contract/admin-types';
import { Rings, ringFaults, ringNames, ringWords } from '../fields/rings';
import { ServiceLevelField, serviceLevelFaults, serviceLevelWords } from '../fields/service-level';
import { SkillLevels, skillNames, skillWords } from '../fields/skill-levels';
import type { Section, Spec } from '../resource/spec';
import { NUMBER, PRIORITY, SHORT } from './limits';
import { DECLINED, MEDIA, wordFor } from './words';

const waiting: Section<Queue> = {
  title: 'What waits here',
  fields: [
    { kind: 'text', key: 'name', label: 'Name', max: SHORT },
    { kind: 'choice', key: 'mediaType', label: 'Kind', options: MEDIA },
    {
      kind: 'number',
      key: 'priority',
      label: 'Priority',
      hint: '0 to 100; 50 is standard. One point is worth ten seconds of waiting.',
      min: 0,
      max: PRIORITY,
    },
    {
      kind: 'number',
      key: 'waitingMax',
      label: 'How many may wait',
      hint: 'More leave by the script’s exit “at capacity”.',
      min: 0,
      max: NUMBER,
    },
    {
      kind: 'own',
      key: 'serviceLevel',
      label: 'Service level',
      control: ServiceLevelField,
      check: serviceLevelFaults,
      words: serviceLevelWords,
    },
  ],
};

const who: Section<Queue> = {
  title: 'Who gets it',
  fields: [
    {
      kind: 'own',
      key: 'required',
      label: 'Skills an agent must have',
      control: SkillLevels,
      words: skillWords,
      names: skillNames,
    },
    {
      kind: 'references',
      key: 'preferred',
      label: 'Skills that put an agent first',
      to: 'skills',
    },
    {
      kind: 'own',
      key: 'rings',
      label: 'Rings',
      hint: 'The longer someone waits, the less is asked of an agent.',
      control: Rings,
      check: ringFaults,
      words: ringWords,
      names: ringNames,
    },
  ],
};

const offers: Section<Queue> = {
  title: 'Offer, talk and wrap-up',
  fields: [
    { kind: 'duration', key: 'offerMs', label: 'An offer rings for', unit: 'second', min: 1000 },
    { kind: 'choice', key: 'onReject', label: 'An agent who rejects', options: DECLINED },
    { kind: 'choice', key: 'onTimeout', label: 'An agent who does not answer', options: DECLINED },
    {
      kind: 'duration',
      key: 'declineMs',
      label: 'Who declined is spared it for',
      unit: 'second',
      min: 0,
    },
    {
      kind: 'duration',
      key: 'wrapUpMs',
      label: 'Wrap-up may take',
      hint: '0 is no wrap-up.',
      unit: 'second',
      min: 0,
    },
    { kind: 'toggle', key: 'codesRequired', label: 'Wrap-up needs a transaction code' },
    { kind: 'toggle', key: 'recorded', label: 'Record from the beginning' },
  ],
};

export const queues: Spec<'queues'> = {
  resource: 'queues',
  title: 'Queues',
  one: 'queue',
  about: 'Where interactions wait for the agents who fit best.',
  refersTo: ['skills'],
  columns: [
    { label: 'Name', value: ({ name }) => name },
    { label: 'Kind', value: ({ mediaType }) => wordFor(MEDIA, mediaType) },
    { label: 'Priority', value: ({ priority }) => priority },
    { label: 'Skills', value: ({ required }, names) => skillWords(required, names) },
    { label: 'Agents', value: ({ agents }) => agents ?? 0 },
  ],
  sections: [waiting, who, offers],
  fresh: {
    name: '',
    mediaType: 'phone',
    priority: 50,
    required: [],
    preferred: [],
    rings: [],
    offerMs: 20_000,
    declineMs: 30_000,
    onReject: 'stay',
    onTimeout: 'break',
    wrapUpMs: 60_000,
    codesRequired: false,
    waitingMax: 100,
    serviceLevel: { targetPercent: 80, thresholdMs: 20_000 },
    recorded: false,
  },
};
