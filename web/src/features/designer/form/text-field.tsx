// Texts: plain ones, those in which variables are inserted, and names of variables.
import { useId, useRef } from 'react';
import { chars } from '../graph/flow';
import type { Json, Path } from '../graph/json';
import type { ParamDescription } from '../graph/kinds';
import { useDesigner } from '../state/context';
import { useKnownVariables } from '../state/use-known-variables';
import { Field } from './field';
import css from './form.module.css';
import { PickMenu } from './pick-menu';
import { useParamEdit } from './scope';

export interface ParamProps {
  param: ParamDescription;
  path: Path;
  value: Json | undefined;
  /** The title is for the ear only: what it is can be seen from where it stands. */
  quiet?: boolean;
}

export const textOf = (value: Json | undefined) => (typeof value === 'string' ? value : '');

/** An optional text that is empty is left out. */
export const orNothing = (text: string, required: boolean) =>
  text === '' && !required ? undefined : text;

export function TextField({ param, path, value, quiet = false }: ParamProps) {
  const { endRun } = useDesigner();
  const { set, findings } = useParamEdit(path);
  return (
    <Field title={param.title} findings={findings} optional={!param.required} quiet={quiet}>
      {(control) => (
        <input
          {...control}
          type="text"
          autoComplete="off"
          value={textOf(value)}
          onChange={(event) => set(orNothing(event.target.value, param.required))}
          onBlur={endRun}
        />
      )}
    </Field>
  );
}

/** From this share of the limit on, what is left is said. */
const NEAR = 0.8;

export function TemplateField({ param, path, value }: ParamProps) {
  const { endRun } = useDesigner();
  const { set, findings } = useParamEdit(path);
  const known = useKnownVariables();
  const area = useRef<HTMLTextAreaElement>(null);
  const text = textOf(value);
  const most = param.bounds?.[1];
  const used = chars(text);
  const hint =
    most !== undefined && used > most * NEAR ? `${used} of ${most} characters` : undefined;
  const insert = (name: string) => {
    const { selectionStart: from = text.length, selectionEnd: to = from } = area.current ?? {};
    set(`${text.slice(0, from)}{${name}}${text.slice(to)}`);
    area.current?.focus();
  };
  return (
    <>
      <Field title={param.title} findings={findings} optional={!param.required} hint={hint}>
        {(control) => (
          <textarea
            {...control}
            ref={area}
            rows={3}
            value={text}
            onChange={(event) => set(orNothing(event.target.value, param.required))}
            onBlur={endRun}
          />
        )}
      </Field>
      <PickMenu
        title="Insert a variable"
        label={`Insert a variable into ${param.title}`}
        items={known.map((name) => ({ id: name, title: name }))}
        onPick={insert}
      />
    </>
  );
}

export function VariableField({ param, path, value, quiet = false }: ParamProps) {
  const { set, findings } = useParamEdit(path);
  const { endRun, vocabulary } = useDesigner();
  const known = useKnownVariables();
  const list = useId();
  const written = param.type === 'variableWritten';
  const offered = written
    ? known.filter((name) => !vocabulary.systemVariables.includes(name))
    : known;
  return (
    <Field title={param.title} findings={findings} optional={!param.required} quiet={quiet}>
      {(control) => (
        <>
          <input
            {...control}
            type="text"
            className={`${css.control} ${css.code}`}
            list={list}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            value={textOf(value)}
            onChange={(event) => set(orNothing(event.target.value, param.required))}
            onBlur={endRun}
          />
          <datalist id={list}>
            {offered.map((name) => (
              <option key={name} value={name} />
            ))}
          </datalist>
        </>
      )}
    </Field>
  );
}
