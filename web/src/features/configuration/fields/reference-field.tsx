// Another setting, chosen by its name.
import { NativeSelect } from '@mantine/core';
import type { Id, ResourceName } from '@/contract/admin';
import { useChoices } from '../resource/data';
import type { ControlProps } from '../resource/spec';

interface ReferenceFieldProps extends ControlProps<Id | null> {
  to: ResourceName;
  none?: string | undefined;
}

export function ReferenceField(props: ReferenceFieldProps) {
  const { label, hint, value, onChange, errors, to, none } = props;
  const { choices, loading } = useChoices(to);
  const known = value === null || choices.some(({ id }) => id === value);
  const first = loading ? 'Loading…' : (none ?? 'Choose one');
  return (
    <NativeSelect
      label={label}
      description={hint}
      value={value === null ? '' : String(value)}
      error={errors['']}
      onChange={({ currentTarget }) => {
        const chosen = choices.find(({ id }) => String(id) === currentTarget.value);
        onChange(chosen?.id ?? null);
      }}
    >
      <option value="">{first}</option>
      {!known && <option value={String(value)}>#{value}</option>}
      {choices.map(({ id, name }) => (
        <option key={id} value={String(id)}>
          {name}
        </option>
      ))}
    </NativeSelect>
  );
}
