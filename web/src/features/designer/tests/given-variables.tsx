// The variables a test begins with: custom ones as an integration would set them, and the system's.
import { useId } from 'react';
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import formCss from '../form/form.module.css';
import { PickMenu } from '../form/pick-menu';
import { getIn, isRecord, type JsonRecord } from '../graph/json';
import { useDesigner } from '../state/context';
import { useKnownVariables } from '../state/use-known-variables';
import type { TestPartProps } from './test-editor';
import { records, setGiven } from './test-json';
import css from './tests.module.css';

const TYPES = ['text', 'number', 'currency', 'date', 'time', 'phone'] as const;

interface Given {
  name: string;
  value: string;
  /** Absent for a system variable, which is text. */
  dataType?: string;
}

export function GivenVariables({ test, onChange }: TestPartProps) {
  const known = useKnownVariables();
  const list = useId();
  const custom = records(test.given['variables']);
  const system = isRecord(test.given['system']) ? (test.given['system'] as JsonRecord) : {};
  const add = () => {
    const isNew = (name: string) => !custom.some((each) => each['name'] === name);
    const name = known.find((each) => each.startsWith('_') && isNew(each)) ?? '_';
    onChange(setGiven(test, ['variables'], [...custom, { name, value: '', ivr: true }]));
  };
  const setAt = (at: number, next: JsonRecord | undefined) => {
    onChange(setGiven(test, ['variables', at], next), `variable ${at}`);
  };
  return (
    <fieldset className={formCss.list}>
      <legend className={formCss.title}>Variables</legend>
      <datalist id={list}>
        {known.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      {custom.map((variable, at) => (
        <Row
          // biome-ignore lint/suspicious/noArrayIndexKey: a variable's name changes while it is typed
          key={at}
          list={list}
          number={at + 1}
          variable={given(variable)}
          onChange={(change) => setAt(at, { ...variable, ...change })}
          onRemove={() => setAt(at, undefined)}
        />
      ))}
      {Object.entries(system).map(([name, value]) => (
        <Row
          key={name}
          list={list}
          number={name}
          variable={{ name, value: String(value) }}
          onChange={({ value: next }) => onChange(setGiven(test, ['system', name], next), name)}
          onRemove={() => onChange(setGiven(test, ['system', name], undefined))}
        />
      ))}
      <div className={formCss.row}>
        <Button size="small" icon={<Icon name="plus" size={14} />} onClick={add}>
          Add a variable
        </Button>
        <SystemVariables test={test} onChange={onChange} taken={system} />
      </div>
    </fieldset>
  );
}

function given(variable: JsonRecord): Given {
  const text = (key: string) => String(getIn(variable, [key]) ?? '');
  return { name: text('name'), value: text('value'), dataType: text('dataType') || 'text' };
}

interface RowProps {
  list: string;
  number: number | string;
  variable: Given;
  onChange: (change: { name?: string; value?: string; dataType?: string }) => void;
  onRemove: () => void;
}

function Row({ list, number, variable, onChange, onRemove }: RowProps) {
  const { endRun } = useDesigner();
  const { name, value, dataType } = variable;
  return (
    <div className={css.variable}>
      {dataType === undefined ? (
        <code>{name}</code>
      ) : (
        <input
          className={`${formCss.control} ${formCss.code}`}
          aria-label={`Name of variable ${number}`}
          list={list}
          autoComplete="off"
          value={name}
          onChange={({ target }) => onChange({ name: target.value })}
          onBlur={endRun}
        />
      )}
      <input
        className={formCss.control}
        aria-label={`Value of variable ${number}`}
        autoComplete="off"
        value={value}
        onChange={({ target }) => onChange({ value: target.value })}
        onBlur={endRun}
      />
      {dataType !== undefined && (
        <select
          className={formCss.control}
          aria-label={`Type of variable ${number}`}
          value={dataType}
          onChange={({ target }) => onChange({ dataType: target.value })}
        >
          {TYPES.map((type) => (
            <option key={type}>{type}</option>
          ))}
        </select>
      )}
      <Button
        tone="quiet"
        size="small"
        label={`Remove variable ${number}`}
        icon={<Icon name="cross" size={14} />}
        onClick={onRemove}
      />
    </div>
  );
}

function SystemVariables({ test, onChange, taken }: TestPartProps & { taken: JsonRecord }) {
  const { systemVariables } = useDesigner().vocabulary;
  const free = systemVariables.filter((name) => !(name in taken));
  return (
    <PickMenu
      title="Add a system variable"
      items={free.map((name) => ({ id: name, title: name }))}
      onPick={(name) => onChange(setGiven(test, ['system', name], ''))}
    />
  );
}
