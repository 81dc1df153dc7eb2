// Parameters with alternatives: what is asked of a queue, and whom or which number to ring.
import { useState } from 'react';
import { getIn, isRecord, type Json, type Path } from '../graph/json';
import type { ParamDescription } from '../graph/kinds';
import { QUEUE_TESTS, queueTestName, queueTestOf, queueTestValue } from '../graph/queue-tests';
import { useDesigner } from '../state/context';
import { Field } from './field';
import css from './form.module.css';
import { MillisField, NumberField } from './number-field';
import { Pick } from './pick-field';
import { useParamEdit } from './scope';
import { type ParamProps, TextField, VariableField } from './text-field';

export function QueueTestField({ param, path, value, quiet = false }: ParamProps) {
  const { set, findings } = useParamEdit(path);
  const name = queueTestName(value);
  const test = queueTestOf(value);
  const choose = (next: string) => {
    const chosen = QUEUE_TESTS.find((each) => each.name === next);
    if (chosen !== undefined)
      set(chosen.value === null ? next : { [next]: chosen.value.default ?? 0 });
  };
  return (
    <>
      <Field title={param.title} findings={findings} quiet={quiet}>
        {(control) => (
          <select {...control} value={name} onChange={(event) => choose(event.target.value)}>
            {test === undefined && <option value={name}>{name}</option>}
            {QUEUE_TESTS.map((each) => (
              <option key={each.name} value={each.name}>
                {each.title}
              </option>
            ))}
          </select>
        )}
      </Field>
      {test?.value && (
        <Value
          description={{ ...test.value, name, required: true }}
          path={[...path, name]}
          value={queueTestValue(value)}
        />
      )}
    </>
  );
}

function Value({
  description,
  path,
  value,
}: {
  description: ParamDescription;
  path: Path;
  value: Json | undefined;
}) {
  const Control = description.type === 'millis' ? MillisField : NumberField;
  return <Control param={description} path={path} value={value} />;
}

export function NamedAgentField({ param, path, value }: ParamProps) {
  const { names } = useDesigner().vocabulary;
  const { set } = useParamEdit(path);
  const agent = useParamEdit([...path, 'agent']);
  return (
    <Alternatives
      param={param}
      path={path}
      value={value}
      words={{ agent: 'One agent', variable: 'The agent named by a variable' }}
      blank={{ agent: names.agent[0]?.id ?? '' }}
      onChoose={set}
    >
      <Field title="Agent" findings={agent.findings} quiet>
        {(control) => (
          <Pick control={control} kind="agent" value={getIn(value, ['agent'])} onPick={agent.set} />
        )}
      </Field>
    </Alternatives>
  );
}

export function NamedNumberField({ param, path, value }: ParamProps) {
  const { set } = useParamEdit(path);
  return (
    <Alternatives
      param={param}
      path={path}
      value={value}
      words={{ number: 'One number', variable: 'The number in a variable' }}
      blank={{ number: '' }}
      onChoose={set}
    >
      <TextField
        param={{ name: 'number', title: 'Number', type: 'text', required: true }}
        path={[...path, 'number']}
        value={getIn(value, ['number'])}
        quiet
      />
    </Alternatives>
  );
}

interface AlternativesProps extends ParamProps {
  /** The alternatives in words; `variable` is always one of them. */
  words: Readonly<Record<string, string>>;
  /** What the fixed alternative begins with. */
  blank: Json;
  onChoose: (value: Json | undefined) => void;
  children: React.ReactNode;
}

function Alternatives(props: AlternativesProps) {
  const { param, path, value, words, blank, onChoose, children } = props;
  const { findings } = useParamEdit(path);
  const [chosen = ''] = isRecord(value) ? Object.keys(value) : [];
  const [kept, setKept] = useState<Readonly<Record<string, Json>>>({});
  const choose = (next: string) => {
    if (value !== undefined) setKept({ ...kept, [chosen]: value });
    if (next === '') return onChoose(undefined);
    onChoose(kept[next] ?? (next === 'variable' ? { variable: '_' } : blank));
  };
  return (
    <div className={css.group}>
      <Field title={param.title} findings={findings} optional={!param.required}>
        {(control) => (
          <select {...control} value={chosen} onChange={(event) => choose(event.target.value)}>
            {!param.required && <option value="">Left out</option>}
            {chosen !== '' && !(chosen in words) && <option value={chosen}>{chosen}</option>}
            {Object.entries(words).map(([word, title]) => (
              <option key={word} value={word}>
                {title}
              </option>
            ))}
          </select>
        )}
      </Field>
      {chosen === 'variable' ? (
        <VariableField
          param={{ name: 'variable', title: 'Variable', type: 'variableRead', required: true }}
          path={[...path, 'variable']}
          value={getIn(value, ['variable'])}
          quiet
        />
      ) : (
        chosen !== '' && children
      )}
    </div>
  );
}
