// The week of a schedule: a picture of it, and each day's hours as fields.
import { TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Hours } from '@/contract/admin-types';
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import type { ControlProps, Errors } from '../resource/spec';
import css from './fields.module.css';
import { clockOf, hoursWords, minuteOf, WEEKDAYS } from './hours';
import { RemoveButton } from './remove-button';
import { Several } from './several';
import week from './week.module.css';

/** What a day is given when it gets its first hours, and when it gets more. */
const USUAL = { fromMinute: 9 * 60, toMinute: 17 * 60 };
const EVENING = { fromMinute: 18 * 60, toMinute: 20 * 60 };

export function WeekField({ label, hint, value, onChange, errors }: ControlProps<Hours[]>) {
  const change = (index: number, hours: Hours) =>
    onChange(value.map((each, at) => (at === index ? hours : each)));
  return (
    <Several label={label} hint={hint} error={errors['']}>
      <ol className={week.days}>
        {WEEKDAYS.map((day, index) => {
          const weekday = index + 1;
          const spans = value.flatMap((hours, at) =>
            hours.weekday === weekday ? [{ hours, at }] : [],
          );
          const add = () =>
            onChange([...value, { weekday, ...(spans.length === 0 ? USUAL : EVENING) }]);
          const copy = () =>
            onChange([
              ...value.filter((hours) => hours.weekday === weekday || hours.weekday > 5),
              ...[1, 2, 3, 4, 5]
                .filter((other) => other !== weekday)
                .flatMap((other) => spans.map(({ hours }) => ({ ...hours, weekday: other }))),
            ]);
          return (
            <li key={day} className={week.day}>
              <div className={css.line}>
                <b className={week.name}>{day}</b>
                <Bar spans={spans.map(({ hours }) => hours)} />
                <Button
                  tone="quiet"
                  size="small"
                  label={`Add hours on ${day}`}
                  icon={<Icon name="plus" size={16} />}
                  onClick={add}
                />
              </div>
              {spans.map(({ hours, at }) => (
                <Span
                  key={at}
                  day={day}
                  hours={hours}
                  errors={errors}
                  at={at}
                  onChange={(next) => change(at, next)}
                  onRemove={() => onChange(value.filter((_, other) => other !== at))}
                />
              ))}
              {weekday === 1 && spans.length > 0 && (
                <div>
                  <Button size="small" onClick={copy}>
                    Same on Tuesday to Friday
                  </Button>
                </div>
              )}
            </li>
          );
        })}
      </ol>
    </Several>
  );
}

/** The day from midnight to midnight. The fields say the same in words. */
function Bar({ spans }: { spans: readonly Hours[] }) {
  const share = (minutes: number) => `${(minutes / 1440) * 100}%`;
  return (
    <span className={week.bar} aria-hidden="true">
      {spans
        .filter(({ fromMinute, toMinute }) => toMinute > fromMinute)
        .map((hours) => (
          <span
            key={hoursWords([hours])}
            style={{
              insetInlineStart: share(hours.fromMinute),
              width: share(hours.toMinute - hours.fromMinute),
            }}
          />
        ))}
    </span>
  );
}

interface SpanProps {
  day: string;
  hours: Hours;
  errors: Errors;
  at: number;
  onChange: (hours: Hours) => void;
  onRemove: () => void;
}

function Span({ day, hours, errors, at, onChange, onRemove }: SpanProps) {
  return (
    <div className={css.line}>
      <TimeInput
        label={`${day} from`}
        minute={hours.fromMinute}
        error={errors[`[${at}].fromMinute`]}
        onChange={(fromMinute) => onChange({ ...hours, fromMinute })}
      />
      <span aria-hidden="true">–</span>
      <TimeInput
        label={`${day} to`}
        minute={hours.toMinute}
        error={errors[`[${at}].toMinute`]}
        onChange={(toMinute) => onChange({ ...hours, toMinute })}
      />
      <span className={css.grow} />
      <RemoveButton what={`${day} ${clockOf(hours.fromMinute)}`} onClick={onRemove} />
    </div>
  );
}

interface TimeInputProps {
  label: string;
  minute: number;
  error: string | undefined;
  onChange: (minute: number) => void;
}

/** Text, because a browser's own time field knows no 24:00. Arrow keys go by a quarter of an hour. */
function TimeInput({ label, minute, error, onChange }: TimeInputProps) {
  const [text, setText] = useState(() => clockOf(minute));
  if (!Object.is(minuteOf(text), minute)) setText(Number.isNaN(minute) ? '' : clockOf(minute));
  return (
    <TextInput
      className={week.time ?? ''}
      aria-label={label}
      inputMode="numeric"
      autoComplete="off"
      value={text}
      error={error}
      onBlur={() => !Number.isNaN(minute) && setText(clockOf(minute))}
      onChange={({ currentTarget }) => {
        setText(currentTarget.value);
        onChange(minuteOf(currentTarget.value));
      }}
      onKeyDown={(event) => {
        const step = { ArrowUp: 15, ArrowDown: -15 }[event.key];
        if (step === undefined || Number.isNaN(minute)) return;
        event.preventDefault();
        onChange(Math.min(1440, Math.max(0, minute + step)));
      }}
    />
  );
}
