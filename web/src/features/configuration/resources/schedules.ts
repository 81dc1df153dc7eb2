// Opening hours.
import { ExceptionsField, exceptionFaults, exceptionWords } from '../fields/exceptions';
import { hoursFaults, hoursWords } from '../fields/hours';
import { TimeZoneField, timeZoneFaults } from '../fields/time-zone';
import { WeekField } from '../fields/week';
import type { Spec } from '../resource/spec';
import { SHORT } from './limits';

export const schedules: Spec<'schedules'> = {
  resource: 'schedules',
  title: 'Schedules',
  one: 'schedule',
  about: 'Opening hours that scripts ask about, with holidays.',
  refersTo: [],
  columns: [
    { label: 'Name', value: ({ name }) => name },
    { label: 'Time zone', value: ({ timeZone }) => timeZone },
    { label: 'Open', value: ({ open }) => hoursWords(open) },
    { label: 'Exceptions', value: ({ exceptions }) => exceptions.length },
  ],
  sections: [
    {
      title: 'Schedule',
      fields: [
        { kind: 'text', key: 'name', label: 'Name', max: SHORT },
        {
          kind: 'own',
          key: 'timeZone',
          label: 'Time zone',
          hint: 'Days and hours count there.',
          control: TimeZoneField,
          check: timeZoneFaults,
          words: (zone) => zone,
        },
      ],
    },
    {
      title: 'Week',
      fields: [
        {
          kind: 'own',
          key: 'open',
          label: 'Open',
          hint: 'From 00:00 to 24:00. In a time, ↑ and ↓ go by a quarter of an hour.',
          control: WeekField,
          check: hoursFaults,
          words: hoursWords,
        },
      ],
    },
    {
      title: 'Holidays and other days',
      fields: [
        {
          kind: 'own',
          key: 'exceptions',
          label: 'Exceptions',
          hint: 'On these days a script’s schedule node goes by the exit of this name.',
          control: ExceptionsField,
          check: exceptionFaults,
          words: exceptionWords,
        },
      ],
    },
  ],
  fresh: {
    name: '',
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    open: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, fromMinute: 540, toMinute: 1020 })),
    exceptions: [],
  },
};
