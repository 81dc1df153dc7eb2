// One of a few words.
import { NativeSelect } from '@mantine/core';
import type { ControlProps, Option } from '../resource/spec';

interface ChoiceFieldProps<V extends string> extends ControlProps<V> {
  options: readonly Option<V>[];
}

export function ChoiceField<V extends string>(props: ChoiceFieldProps<V>) {
  const { label, hint, value, onChange, errors, options } = props;
  return (
    <NativeSelect
      label={label}
      description={hint}
      data={options.map((option) => ({ ...option }))}
      value={value}
      error={errors['']}
      onChange={(event) => onChange(event.currentTarget.value as V)}
    />
  );
}
