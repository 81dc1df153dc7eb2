// Around a field with several controls: its name, its hint, its error.
import { type ReactNode, useId } from 'react';
import css from './fields.module.css';

interface SeveralProps {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  children: ReactNode;
}

export function Several({ label, hint, error, children }: SeveralProps) {
  const id = useId();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be described by its hint everywhere
    <div
      role="group"
      className={css.several}
      aria-labelledby={id}
      aria-describedby={hint === undefined ? undefined : `${id}-hint`}
      tabIndex={error === undefined ? undefined : -1}
      aria-invalid={error === undefined ? undefined : true}
    >
      <span className={css.label} id={id}>
        {label}
      </span>
      {hint !== undefined && (
        <p className={css.hint} id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {children}
      {error !== undefined && <p className={css.error}>{error}</p>}
    </div>
  );
}
