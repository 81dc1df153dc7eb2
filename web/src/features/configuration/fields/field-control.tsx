// The control of one field, by its kind. The only place that knows all kinds.
import type { ComponentType } from 'react';
import { errorsAt } from '../resource/check';
import type { ControlProps, Errors, Field } from '../resource/spec';
import { ChoiceField } from './choice-field';
import { DurationField } from './duration-field';
import { NumberField } from './number-field';
import { ReferenceField } from './reference-field';
import { ReferencesField } from './references-field';
import { TextField } from './text-field';
import { ToggleField } from './toggle-field';

interface FieldControlProps<T> {
  field: Field<T>;
  value: T;
  errors: Errors;
  onChange: (value: unknown) => void;
}

export function FieldControl<T>({ field, value, errors, onChange }: FieldControlProps<T>) {
  const common = {
    label: field.label,
    hint: field.hint,
    // The kind of a field says the type of its value (`Field`).
    value: value[field.key] as never,
    onChange,
    errors: errorsAt(errors, field.key),
  };
  switch (field.kind) {
    case 'text':
      return <TextField {...common} type={field.type} />;
    case 'number':
      return <NumberField {...common} />;
    case 'duration':
      return <DurationField {...common} unit={field.unit} />;
    case 'toggle':
      return <ToggleField {...common} />;
    case 'choice':
      return <ChoiceField {...common} options={field.options} />;
    case 'reference':
      return <ReferenceField {...common} to={field.to} none={field.none} />;
    case 'references':
      return <ReferencesField {...common} to={field.to} />;
    case 'own': {
      const Control = field.control as unknown as ComponentType<ControlProps<never>>;
      return <Control {...common} />;
    }
  }
}
