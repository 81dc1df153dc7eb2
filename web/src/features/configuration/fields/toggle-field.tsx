// Yes or no.
import { useId } from 'react';
import type { ControlProps } from '../resource/spec';
import css from './fields.module.css';

export function ToggleField({ label, hint, value, onChange }: ControlProps<boolean>) {
  const id = useId();
  return (
    <div className={css.toggle}>
      <input
        type="checkbox"
        id={id}
        checked={value}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <label htmlFor={id}>{label}</label>
      {hint !== undefined && (
        <p className={css.hint} id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}
