// The fields of the center.
import { Autocomplete } from '../fields/autocomplete';
import { TimeZoneField, timeZoneFaults } from '../fields/time-zone';
import type { ControlProps, Section } from '../resource/spec';
import { NUMBER, SHORT } from '../resources/limits';
import type { Tenant } from './tenant';

const CURRENCIES = Intl.supportedValuesOf('currency');
const DAY_MS = 86_400_000;

function CurrencyField(props: ControlProps<string>) {
  return <Autocomplete {...props} options={CURRENCIES} />;
}

export const SECTIONS: readonly Section<Tenant>[] = [
  {
    title: 'Name and place',
    fields: [
      { kind: 'text', key: 'name', label: 'Name', max: SHORT },
      {
        kind: 'own',
        key: 'timeZone',
        label: 'Time zone',
        control: TimeZoneField,
        check: timeZoneFaults,
      },
      {
        kind: 'text',
        key: 'locale',
        label: 'Language',
        hint: 'In which values are shown to agents, such as en-US.',
        max: 35,
      },
      {
        kind: 'own',
        key: 'currency',
        label: 'Currency',
        hint: 'Amounts carry none of their own. Three letters, such as USD.',
        control: CurrencyField,
      },
    ],
  },
  {
    title: 'Limits',
    fields: [
      {
        kind: 'duration',
        key: 'retentionMs',
        label: 'Data of finished interactions stays',
        unit: 'day',
        min: DAY_MS,
      },
      {
        kind: 'number',
        key: 'augmentationPerMinute',
        label: 'Data Augmentation requests a minute',
        min: 1,
        max: NUMBER,
      },
      {
        kind: 'duration',
        key: 'directWrapUpMs',
        label: 'Wrap-up of calls for no queue may take',
        hint: '0 is no wrap-up.',
        unit: 'second',
        min: 0,
      },
    ],
  },
];
