// A number. What is typed and is no number stands there, with its error, as NaN in the draft.
import { TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ControlProps } from '../resource/spec';

interface NumberFieldProps extends ControlProps<number> {
  /** Beside the field, such as "seconds". */
  unit?: string;
  hideLabel?: boolean;
}

export function NumberField(props: NumberFieldProps) {
  const { label, hint, value, onChange, errors, unit, hideLabel = false } = props;
  const [text, setText] = useState(() => textOf(value));
  // Changed from outside, as by "Undo changes".
  if (!Object.is(parse(text), value)) setText(textOf(value));
  return (
    <TextInput
      {...(hideLabel ? { 'aria-label': label } : { label })}
      description={hint}
      inputMode="decimal"
      autoComplete="off"
      value={text}
      error={errors['']}
      rightSection={unit === undefined ? undefined : <span>{unit}</span>}
      rightSectionWidth="auto"
      rightSectionProps={{ style: { paddingInline: '0.75rem' } }}
      onChange={(event) => {
        const next = event.currentTarget.value;
        setText(next);
        onChange(parse(next));
      }}
    />
  );
}

function textOf(value: number): string {
  return Number.isNaN(value) ? '' : String(value);
}

function parse(text: string): number {
  return /^\s*\d+(?:[.,]\d+)?\s*$/.test(text) ? Number(text.trim().replace(',', '.')) : Number.NaN;
}
