// A line of text with suggestions: the browser's own list, so every key works as people know it.
import { TextInput } from '@mantine/core';
import { useId } from 'react';
import type { ControlProps } from '../resource/spec';

interface AutocompleteProps extends ControlProps<string> {
  options: readonly string[];
}

export function Autocomplete(props: AutocompleteProps) {
  const { label, hint, value, onChange, errors, options } = props;
  const id = useId();
  return (
    <>
      <TextInput
        label={label}
        description={hint}
        autoComplete="off"
        list={id}
        value={value}
        error={errors['']}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <datalist id={id}>
        {options.map((option) => (
          <option key={option} value={option} />
        ))}
      </datalist>
    </>
  );
}
