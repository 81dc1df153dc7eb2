// A line of text.
import { TextInput } from '@mantine/core';
import type { ControlProps } from '../resource/spec';

interface TextFieldProps extends ControlProps<string> {
  type?: 'email' | 'url' | 'tel' | undefined;
}

export function TextField({ label, hint, value, onChange, errors, type }: TextFieldProps) {
  return (
    <TextInput
      label={label}
      description={hint}
      type={type ?? 'text'}
      autoComplete="off"
      value={value}
      error={errors['']}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
