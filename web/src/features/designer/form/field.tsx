// A label, its control, and what the linter says about it.
import { type ReactNode, useId } from 'react';
import type { Finding } from '../api/wire';
import { FindingNote } from '../problems/finding-note';
import css from './form.module.css';

/** What a control must carry to belong to its label and messages. */
export interface ControlProps {
  id: string;
  className: string | undefined;
  'aria-describedby': string | undefined;
  'aria-invalid': true | undefined;
}

interface FieldProps {
  title: string;
  findings?: readonly Finding[];
  /** Said below the control. */
  hint?: string | undefined;
  /** What was typed and cannot be taken. */
  fault?: string | null;
  optional?: boolean;
  /** The label is for the ear only. */
  quiet?: boolean;
  children: (props: ControlProps) => ReactNode;
}

export function Field(props: FieldProps) {
  const { title, findings = [], hint, fault = null, optional = false, quiet, children } = props;
  const id = useId();
  const described = hint !== undefined || fault !== null || findings.length > 0;
  const bad = fault !== null || findings.some(({ severity }) => severity === 'error');
  return (
    <div className={css.field}>
      <label className={quiet ? css.unseen : css.title} htmlFor={id}>
        {title}
        {optional && !quiet && <small> optional</small>}
      </label>
      {children({
        id,
        className: css.control,
        'aria-describedby': described ? `${id}-notes` : undefined,
        'aria-invalid': bad || undefined,
      })}
      <div id={`${id}-notes`} className={css.notes}>
        {fault !== null && <p className={css.fault}>{fault}</p>}
        {findings.map((finding) => (
          <FindingNote key={`${finding.field} ${finding.message}`} finding={finding} />
        ))}
        {hint !== undefined && <p className={css.hint}>{hint}</p>}
      </div>
    </div>
  );
}
