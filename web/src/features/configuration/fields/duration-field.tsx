// A length of time: milliseconds in the draft, seconds or days on the screen.
import type { ControlProps } from '../resource/spec';
import { NumberField } from './number-field';

const MS = { second: 1000, day: 86_400_000 } as const;

interface DurationFieldProps extends ControlProps<number> {
  unit: keyof typeof MS;
  hideLabel?: boolean;
}

export function DurationField({ unit, value, onChange, ...rest }: DurationFieldProps) {
  return (
    <NumberField
      {...rest}
      unit={`${unit}s`}
      value={value / MS[unit]}
      onChange={(next) => onChange(Math.round(next * MS[unit]))}
    />
  );
}
