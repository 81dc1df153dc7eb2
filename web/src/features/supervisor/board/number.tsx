// A number of a queue that explains itself: pressing it shows its formula with the numbers filled in.
import type { ReactNode } from 'react';
import { openDialog } from '../model/ui';
import css from './table.module.css';

interface NumberProps {
  queueId: number;
  /** Names the number in `GET /supervisor/v1/measures`. */
  measure: string;
  label: string;
  children: ReactNode;
  /** What is wrong with it, in words. */
  warning?: string | undefined;
}

export function NumberCell({ queueId, measure, label, children, warning }: NumberProps) {
  return (
    <td className={css.cell} data-label={label}>
      <button
        type="button"
        className={`${css.number} digits`}
        data-warn={warning !== undefined || undefined}
        title="How it is counted"
        onClick={() => openDialog({ kind: 'formula', queueId, measure })}
      >
        <span className={css.label}>{label}</span>
        <span>{children}</span>
        {warning !== undefined && <small>{warning}</small>}
      </button>
    </td>
  );
}
