// A parameter of a type that this page does not know: its JSON, taken when it can be read.
import { useState } from 'react';
import type { Json } from '../graph/json';
import { useDesigner } from '../state/context';
import { Field } from './field';
import css from './form.module.css';
import { useParamEdit } from './scope';
import type { ParamProps } from './text-field';

export function JsonField({ param, path, value }: ParamProps) {
  const { endRun } = useDesigner();
  const { set, findings } = useParamEdit(path);
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? (value === undefined ? '' : JSON.stringify(value, null, 2));
  const parsed = parse(text);
  const fault = parsed === null && !(text === '' && !param.required) ? 'This is not JSON.' : null;
  const change = (next: string) => {
    setTyped(next);
    const json = parse(next);
    if (json !== null) set(json.value);
    else if (next === '' && !param.required) set(undefined);
  };
  const blur = () => {
    setTyped(null);
    endRun();
  };
  return (
    <Field title={param.title} findings={findings} fault={fault} optional={!param.required}>
      {(control) => (
        <textarea
          {...control}
          className={`${css.control} ${css.code}`}
          rows={4}
          spellCheck={false}
          value={text}
          onChange={(event) => change(event.target.value)}
          onBlur={blur}
        />
      )}
    </Field>
  );
}

function parse(text: string): { value: Json } | null {
  try {
    return { value: JSON.parse(text) as Json };
  } catch {
    return null;
  }
}
