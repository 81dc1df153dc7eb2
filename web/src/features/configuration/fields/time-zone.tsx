// An IANA time zone, from the list that the browser knows.

import type { ControlProps } from '../resource/spec';
import { Autocomplete } from './autocomplete';

const ZONES = Intl.supportedValuesOf('timeZone');

export function TimeZoneField(props: ControlProps<string>) {
  return <Autocomplete {...props} options={ZONES} />;
}

export function timeZoneFaults(value: string) {
  return value.trim() === '' ? [{ path: '', message: 'Is empty.' }] : [];
}
