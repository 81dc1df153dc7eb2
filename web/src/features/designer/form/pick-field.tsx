// Choosing one of the tenant's queues, skills, opening hours, scripts or agents by name.
import type { Json } from '../graph/json';
import type { PickKind } from '../graph/vocabulary';
import { useDesigner } from '../state/context';
import type { ControlProps } from './field';
import { Field } from './field';
import { useParamEdit } from './scope';
import type { ParamProps } from './text-field';

const CHOOSE: Readonly<Record<PickKind, string>> = {
  queue: 'Choose a queue…',
  skill: 'Choose a skill…',
  schedule: 'Choose opening hours…',
  script: 'Choose a script…',
  agent: 'Choose an agent…',
};

export function PickField({ param, path, value, quiet = false }: ParamProps) {
  const { set, findings } = useParamEdit(path);
  const kind = param.type as PickKind;
  return (
    <Field title={param.title} findings={findings} optional={!param.required} quiet={quiet}>
      {(control) => <Pick control={control} kind={kind} value={value} onPick={set} />}
    </Field>
  );
}

interface PickProps {
  control: ControlProps;
  kind: PickKind;
  value: Json | undefined;
  onPick: (id: Json) => void;
}

/** What is chosen but not in the list any more stays visible, as what it is. */
export function Pick({ control, kind, value, onPick }: PickProps) {
  const offered = useDesigner().vocabulary.names[kind];
  const index = offered.findIndex(({ id }) => id === value);
  const nothing = value === undefined || value === 0 || value === '';
  return (
    <select
      {...control}
      value={index}
      onChange={(event) => {
        const id = offered[Number(event.target.value)]?.id;
        if (id !== undefined) onPick(id);
      }}
    >
      {index < 0 && (
        <option value={-1}>{nothing ? CHOOSE[kind] : `${kind} ${String(value)}, not found`}</option>
      )}
      {offered.map(({ id, name }, i) => (
        <option key={String(id)} value={i}>
          {name}
        </option>
      ))}
    </select>
  );
}
