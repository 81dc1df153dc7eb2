// Days of a schedule that go another way: holidays and the like.
import type { Schedule } from '@/contract/admin-types';
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import type { ControlProps, Fault } from '../resource/spec';
import css from './fields.module.css';
import { RemoveButton } from './remove-button';
import { Several } from './several';

type Exception = Schedule['exceptions'][number];

const EXITS = [1, 2, 3, 4, 5, 6];

export function ExceptionsField(props: ControlProps<Exception[]>) {
  const { label, hint, value, onChange, errors } = props;
  const change = (index: number, next: Partial<Exception>) =>
    onChange(value.map((each, at) => (at === index ? { ...each, ...next } : each)));
  return (
    <Several label={label} hint={hint} error={errors['']}>
      <ul className={css.lines}>
        {value.map(({ date, exit }, index) => {
          const fault = errors[`[${index}].date`] ?? errors[`[${index}].exit`];
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: the date changes as it is typed
            <li key={index} className={css.line}>
              <span className={css.withError}>
                <input
                  type="date"
                  className={css.small}
                  aria-label={`Day ${index + 1}`}
                  aria-invalid={fault === undefined ? undefined : true}
                  value={date}
                  onChange={(event) => change(index, { date: event.currentTarget.value })}
                />
                {fault !== undefined && <span className={css.error}>{fault}</span>}
              </span>
              <select
                className={css.small}
                aria-label={`Exit on ${date || `day ${index + 1}`}`}
                value={exit}
                onChange={(event) => change(index, { exit: Number(event.currentTarget.value) })}
              >
                {EXITS.map((number) => (
                  <option key={number} value={number}>{`exception${number}`}</option>
                ))}
              </select>
              <span className={css.grow} />
              <RemoveButton
                what={date || `day ${index + 1}`}
                onClick={() => onChange(value.filter((_, at) => at !== index))}
              />
            </li>
          );
        })}
      </ul>
      <div>
        <Button
          size="small"
          icon={<Icon name="plus" size={16} />}
          onClick={() => onChange([...value, { date: '', exit: 1 }])}
        >
          Add a day
        </Button>
      </div>
    </Several>
  );
}

export function exceptionFaults(value: readonly Exception[]): Fault[] {
  return value.flatMap(({ date }, index) => {
    if (date === '') return [{ path: `[${index}].date`, message: 'Is missing.' }];
    const twice = value.findIndex((other) => other.date === date) < index;
    return twice ? [{ path: `[${index}].date`, message: 'Is in the list already.' }] : [];
  });
}

export function exceptionWords(value: readonly Exception[]): string {
  return value.map(({ date, exit }) => `${date} → exception${exit}`).join(', ') || 'none';
}
