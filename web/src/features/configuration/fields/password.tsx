// A password: written, never read. Left empty it stays what it is.
import { PasswordInput } from '@mantine/core';
import type { ControlProps, Fault } from '../resource/spec';

/** The server demands as many characters. */
const LEAST = 10;

export function PasswordField(props: ControlProps<string | undefined>) {
  const { label, hint, value, onChange, errors } = props;
  return (
    <PasswordInput
      label={label}
      description={hint}
      autoComplete="new-password"
      value={value ?? ''}
      error={errors['']}
      visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the password' }}
      onChange={({ currentTarget }) =>
        onChange(currentTarget.value === '' ? undefined : currentTarget.value)
      }
    />
  );
}

export function passwordFaults(value: string | undefined, isNew: boolean): Fault[] {
  if (value === undefined) return isNew ? [{ path: '', message: 'Is missing.' }] : [];
  const short = [...value].length < LEAST;
  return short ? [{ path: '', message: `Must have at least ${LEAST} characters.` }] : [];
}

export function passwordWords(value: string | undefined): string {
  return value === undefined ? 'as it is' : 'a new one';
}
