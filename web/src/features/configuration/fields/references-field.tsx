// Several other settings: those chosen as a list, and a field that adds one more.
import type { Id, ResourceName } from '@/contract/admin';
import { useChoices } from '../resource/data';
import type { ControlProps } from '../resource/spec';
import { AddOne } from './add-one';
import css from './fields.module.css';
import { RemoveButton } from './remove-button';
import { Several } from './several';

interface ReferencesFieldProps extends ControlProps<Id[]> {
  to: ResourceName;
}

export function ReferencesField(props: ReferencesFieldProps) {
  const { label, hint, value, onChange, errors, to } = props;
  const { choices } = useChoices(to);
  const nameOf = (id: Id) => choices.find((choice) => choice.id === id)?.name ?? `#${id}`;
  const left = choices.filter(({ id }) => !value.includes(id));
  return (
    <Several label={label} hint={hint} error={errors['']}>
      {value.length > 0 && (
        <ul className={css.chips}>
          {value.map((id, index) => (
            <li key={id} className={css.chip} data-bad={errors[`[${index}]`] && true}>
              <span>{nameOf(id)}</span>
              {errors[`[${index}]`] !== undefined && (
                <span className={css.error}>{errors[`[${index}]`]}</span>
              )}
              <RemoveButton
                what={nameOf(id)}
                onClick={() => onChange(value.filter((each) => each !== id))}
              />
            </li>
          ))}
        </ul>
      )}
      <AddOne label={`Add to ${label}`} choices={left} onAdd={(id) => onChange([...value, id])} />
    </Several>
  );
}
