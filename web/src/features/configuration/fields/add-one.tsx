// Adds one of the choices that are left.
import type { Id } from '@/contract/admin';
import type { Choice } from '../resource/data';
import css from './fields.module.css';

interface AddOneProps {
  label: string;
  choices: readonly Choice[];
  onAdd: (id: Id) => void;
}

export function AddOne({ label, choices, onAdd }: AddOneProps) {
  return (
    <select
      className={css.add}
      aria-label={label}
      value=""
      disabled={choices.length === 0}
      onChange={({ currentTarget }) => {
        const chosen = choices.find(({ id }) => String(id) === currentTarget.value);
        if (chosen !== undefined) onAdd(chosen.id);
      }}
    >
      <option value="">{choices.length === 0 ? 'No more to add' : 'Add…'}</option>
      {choices.map(({ id, name }) => (
        <option key={id} value={String(id)}>
          {name}
        </option>
      ))}
    </select>
  );
}
