// Numbers and times. What is out of bounds stays in the field, with a message, and not in the flow.
import { useState } from 'react';
import type { Json } from '../graph/json';
import { msWords } from '../graph/words';
import { useDesigner } from '../state/context';
import { Field } from './field';
import css from './form.module.css';
import { useParamEdit } from './scope';
import type { ParamProps } from './text-field';

const numberOf = (value: Json | undefined) => (typeof value === 'number' ? value : null);

/** What was typed, until it is a number that can be taken. */
function useTyped(value: number | null, show: (value: number) => string) {
  const [typed, setTyped] = useState<string | null>(null);
  return { text: typed ?? (value === null ? '' : show(value)), setTyped };
}

export function NumberField({ param, path, value, quiet = false }: ParamProps) {
  const { endRun } = useDesigner();
  const { set, findings } = useParamEdit(path);
  const [least, most] = param.bounds ?? [0, Number.MAX_SAFE_INTEGER];
  const { text, setTyped } = useTyped(numberOf(value), String);
  const fault = faultOf(text, param.required, (number) =>
    number < least || number > most ? `From ${least} to ${most}.` : null,
  );
  const change = (next: string) => {
    setTyped(next);
    if (next === '' && !param.required) return set(undefined);
    const number = Number(next);
    if (/^\d+$/.test(next) && number >= least && number <= most) set(number);
  };
  const blur = () => {
    setTyped(null);
    endRun();
  };
  return (
    <Field
      title={param.title}
      findings={findings}
      fault={fault}
      optional={!param.required}
      quiet={quiet}
    >
      {(control) => (
        <input
          {...control}
          type="text"
          inputMode="numeric"
          autoComplete="off"
          value={text}
          onChange={(event) => change(event.target.value.trim())}
          onBlur={blur}
        />
      )}
    </Field>
  );
}

function faultOf(text: string, required: boolean, check: (number: number) => string | null) {
  if (text === '') return required ? 'A number is needed.' : null;
  return /^\d+$/.test(text) ? check(Number(text)) : 'Digits only.';
}

const UNITS = [
  { name: 'ms', ms: 1 },
  { name: 'seconds', ms: 1_000 },
  { name: 'minutes', ms: 60_000 },
  { name: 'hours', ms: 3_600_000 },
] as const;
const SECONDS = UNITS[1];

/** The largest unit in which the time is a whole number. */
function unitOf(ms: number | null): (typeof UNITS)[number] {
  if (ms === null || ms === 0) return SECONDS;
  return UNITS.findLast((unit) => ms % unit.ms === 0 && ms >= unit.ms) ?? UNITS[0];
}

export function MillisField({ param, path, value, quiet = false }: ParamProps) {
  const { endRun } = useDesigner();
  const { set, findings } = useParamEdit(path);
  const [least, most] = param.bounds ?? [0, Number.MAX_SAFE_INTEGER];
  const ms = numberOf(value);
  const [unit, setUnit] = useState(() => unitOf(ms));
  const fits = ms === null || ms % unit.ms === 0;
  const shown = fits ? unit : unitOf(ms);
  const { text, setTyped } = useTyped(ms, (time) => String(time / shown.ms));
  const outside = (number: number) => number * shown.ms < least || number * shown.ms > most;
  const fault = faultOf(text, param.required, (number) =>
    outside(number) ? `From ${msWords(least)} to ${msWords(most)}.` : null,
  );
  const change = (next: string) => {
    setTyped(next);
    if (next === '' && !param.required) return set(undefined);
    if (/^\d+$/.test(next) && !outside(Number(next))) set(Number(next) * shown.ms);
  };
  const chooseUnit = (name: string) => {
    const next = UNITS.find((each) => each.name === name) ?? shown;
    setUnit(next);
    setTyped(null);
    const time = Number(text) * next.ms;
    if (/^\d+$/.test(text) && time >= least && time <= most) set(time);
  };
  const blur = () => {
    setTyped(null);
    endRun();
  };
  return (
    <Field
      title={param.title}
      findings={findings}
      fault={fault}
      optional={!param.required}
      quiet={quiet}
    >
      {(control) => (
        <div className={css.pair}>
          <input
            {...control}
            type="text"
            inputMode="numeric"
            autoComplete="off"
            placeholder={param.required ? undefined : 'never'}
            value={text}
            onChange={(event) => change(event.target.value.trim())}
            onBlur={blur}
          />
          <select
            className={css.control}
            aria-label={`Unit of ${param.title}`}
            value={shown.name}
            onChange={(event) => chooseUnit(event.target.value)}
          >
            {UNITS.map(({ name }) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </div>
      )}
    </Field>
  );
}

export function FlagField({ param, path, value }: ParamProps) {
  const { set, findings } = useParamEdit(path);
  return (
    <Field title={param.title} findings={findings} quiet>
      {({ className: _, ...control }) => (
        <label className={css.flag} aria-hidden="false">
          <input
            {...control}
            type="checkbox"
            checked={value === true}
            onChange={(event) => set(event.target.checked)}
          />
          <span aria-hidden="true">{param.title}</span>
        </label>
      )}
    </Field>
  );
}
