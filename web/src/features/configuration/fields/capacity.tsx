// How many interactions of each kind an agent can have at once.
import type { Agent } from '@/contract/admin-types';
import type { MediaType } from '@/contract/types';
import type { ControlProps, Fault } from '../resource/spec';
import css from './fields.module.css';
import { NumberField } from './number-field';
import { Several } from './several';

type Capacity = Agent['capacity'];

const KINDS: readonly { kind: MediaType; label: string }[] = [
  { kind: 'phone', label: 'Calls' },
  { kind: 'chat', label: 'Chats' },
  { kind: 'email', label: 'E-mails' },
  { kind: 'sms', label: 'Text messages' },
];
/** What the server stores it in. */
const MOST = 255;

export function CapacityField(props: ControlProps<Capacity>) {
  const { label, hint, value, onChange, errors } = props;
  const change = (kind: MediaType, next: number) => {
    const { [kind]: _, ...others } = value;
    onChange(next === 0 ? others : { ...others, [kind]: next });
  };
  return (
    <Several label={label} hint={hint} error={errors['']}>
      <div className={css.columns}>
        {KINDS.map(({ kind, label: name }) => (
          <NumberField
            key={kind}
            label={name}
            value={value[kind] ?? 0}
            errors={errors[kind] === undefined ? {} : { '': errors[kind] }}
            onChange={(next) => change(kind, next)}
          />
        ))}
      </div>
    </Several>
  );
}

export function capacityFaults(value: Capacity): Fault[] {
  return KINDS.flatMap(({ kind }) => {
    const most = value[kind] ?? 0;
    const fits = Number.isInteger(most) && most >= 0 && most <= MOST;
    return fits ? [] : [{ path: kind, message: `Must be a whole number, 0 to ${MOST}.` }];
  });
}

export function capacityWords(value: Capacity): string {
  const words = KINDS.flatMap(({ kind, label }) =>
    value[kind] ? [`${label} ${value[kind]}`] : [],
  );
  return words.length === 0 ? 'none' : words.join(', ');
}
