// Lists of entries, whose order can matter, and objects that can be left out.
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import { getIn, isList, type Json } from '../graph/json';
import { defaults, newEntry } from '../graph/kinds';
import { FindingNote } from '../problems/finding-note';
import { useDesigner } from '../state/context';
import css from './form.module.css';
import { ParamField } from './param-field';
import { useFormScope, useParamEdit } from './scope';
import type { ParamProps } from './text-field';

export function ListField({ param, path, value }: ParamProps) {
  const { set, findings } = useParamEdit(path);
  const entries = isList(value) ? (value as readonly Json[]) : [];
  const most = param.bounds?.[1] ?? Number.POSITIVE_INFINITY;
  return (
    <fieldset className={css.list}>
      <legend className={css.title}>{param.title}</legend>
      {findings.map((finding) => (
        <FindingNote key={finding.message} finding={finding} />
      ))}
      <ol>
        {entries.map((entry, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an entry has no identity but its place
          <Entry key={at} param={param} path={path} value={entry} at={at} count={entries.length} />
        ))}
      </ol>
      <Button
        size="small"
        icon={<Icon name="plus" size={14} />}
        disabled={entries.length >= most}
        onClick={() => set([...entries, newEntry(param, entries)])}
      >
        Add
      </Button>
    </fieldset>
  );
}

interface EntryProps extends ParamProps {
  at: number;
  count: number;
}

function Entry({ param, path, value, at, count }: EntryProps) {
  const { id } = useFormScope();
  const { edit } = useDesigner();
  const { findings } = useParamEdit([...path, at]);
  const name = `${param.title}, entry ${at + 1}`;
  return (
    <li className={css.entry}>
      <div className={css.entryHead}>
        <span className={css.number}>{at + 1}</span>
        <Button
          tone="quiet"
          size="small"
          label={`Move up: ${name}`}
          icon={<Icon name="up" size={14} />}
          disabled={at === 0}
          onClick={() => edit({ type: 'moveEntry', id, path, from: at, to: at - 1 })}
        />
        <Button
          tone="quiet"
          size="small"
          label={`Move down: ${name}`}
          icon={<Icon name="down" size={14} />}
          disabled={at === count - 1}
          onClick={() => edit({ type: 'moveEntry', id, path, from: at, to: at + 1 })}
        />
        <Button
          tone="quiet"
          size="small"
          label={`Remove: ${name}`}
          icon={<Icon name="cross" size={14} />}
          onClick={() => edit({ type: 'removeEntry', id, path, at })}
        />
      </div>
      {findings.map((finding) => (
        <FindingNote key={finding.message} finding={finding} />
      ))}
      {(param.fields ?? []).map((field) => (
        <ParamField
          key={field.name}
          param={field}
          path={[...path, at, field.name]}
          value={getIn(value, [field.name])}
        />
      ))}
    </li>
  );
}

export function ObjectField({ param, path, value }: ParamProps) {
  const { set } = useParamEdit(path);
  const fields = param.fields ?? [];
  const on = value !== undefined;
  return (
    <fieldset className={css.list}>
      <legend className={css.title}>{param.title}</legend>
      {!param.required && (
        <label className={css.flag}>
          <input
            type="checkbox"
            checked={on}
            onChange={(event) => set(event.target.checked ? defaults(fields) : undefined)}
          />
          In use
        </label>
      )}
      {on &&
        fields.map((field) => (
          <ParamField
            key={field.name}
            param={field}
            path={[...path, field.name]}
            value={getIn(value, [field.name])}
          />
        ))}
    </fieldset>
  );
}
