// One comparison: a variable, how, and with what.
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import { getIn, isList, type Json, type JsonRecord, type Path } from '../graph/json';
import type { OperatorDescription } from '../graph/vocabulary';
import { FindingNote } from '../problems/finding-note';
import { useDesigner } from '../state/context';
import { Field } from './field';
import css from './form.module.css';
import { useParamEdit } from './scope';
import { TextField, textOf, VariableField } from './text-field';

export function TestRow({ path, value }: { path: Path; value: Json }) {
  const { vocabulary } = useDesigner();
  const { set } = useParamEdit(path);
  const right = useParamEdit([...path, 'right']);
  const word = textOf(getIn(value, ['operator']));
  const operator = vocabulary.operators.get(word);
  const listed = getIn(value, ['right']);
  const operands = isList(listed) ? (listed as readonly Json[]) : [];
  const choose = (next: string) => {
    const chosen = vocabulary.operators.get(next);
    set({ ...(value as JsonRecord), operator: next, right: fitting(operands, chosen) });
  };
  return (
    <div className={css.test}>
      <VariableField
        param={{ name: 'variable', title: 'Variable', type: 'variableRead', required: true }}
        path={[...path, 'variable']}
        value={getIn(value, ['variable'])}
      />
      <Field title="How to compare">
        {(control) => (
          <select {...control} value={word} onChange={(event) => choose(event.target.value)}>
            {operator === undefined && <option value={word}>{word}</option>}
            {[...vocabulary.operators.values()].map((each) => (
              <option key={each.operator} value={each.operator}>
                {each.title}
              </option>
            ))}
          </select>
        )}
      </Field>
      {right.findings.map((finding) => (
        <FindingNote key={finding.message} finding={finding} />
      ))}
      {operands.map((operand, at) => (
        <Operand
          // biome-ignore lint/suspicious/noArrayIndexKey: an operand has no identity but its place
          key={at}
          path={[...path, 'right', at]}
          value={operand}
          title={operands.length === 1 ? 'Value' : `Value ${at + 1}`}
          onRemove={
            operands.length > (operator?.operandsMin ?? 0)
              ? () => right.set(operands.filter((_, index) => index !== at))
              : null
          }
        />
      ))}
      {operands.length < (operator?.operandsMax ?? Number.POSITIVE_INFINITY) && (
        <Button
          size="small"
          icon={<Icon name="plus" size={14} />}
          onClick={() => right.set([...operands, { text: '' }])}
        >
          Add a value
        </Button>
      )}
      <Manner path={path} value={value} operator={operator} />
    </div>
  );
}

/** As many operands as the operator takes; those that are there stay. */
function fitting(operands: readonly Json[], operator: OperatorDescription | undefined): Json[] {
  const { operandsMin: least = 0, operandsMax: most = Number.POSITIVE_INFINITY } = operator ?? {};
  const kept = operands.slice(0, most);
  const missing = Math.max(0, least - kept.length);
  return [...kept, ...Array.from({ length: missing }, () => ({ text: '' }))];
}

interface OperandProps {
  path: Path;
  value: Json;
  title: string;
  onRemove: (() => void) | null;
}

function Operand({ path, value, title, onRemove }: OperandProps) {
  const { set } = useParamEdit(path);
  const isVariable = getIn(value, ['variable']) !== undefined;
  return (
    <div className={css.operand}>
      <Field title={`${title}: what it is`} quiet>
        {(control) => (
          <select
            {...control}
            value={isVariable ? 'variable' : 'text'}
            onChange={(event) =>
              set(event.target.value === 'variable' ? { variable: '_' } : { text: '' })
            }
          >
            <option value="text">the text</option>
            <option value="variable">the variable</option>
          </select>
        )}
      </Field>
      {isVariable ? (
        <VariableField
          param={{ name: 'variable', title, type: 'variableRead', required: true }}
          path={[...path, 'variable']}
          value={getIn(value, ['variable'])}
          quiet
        />
      ) : (
        <TextField
          param={{ name: 'text', title, type: 'text', required: true }}
          path={[...path, 'text']}
          value={getIn(value, ['text'])}
          quiet
        />
      )}
      {onRemove !== null && (
        <Button
          tone="quiet"
          size="small"
          label={`Remove ${title.toLowerCase()}`}
          icon={<Icon name="cross" size={14} />}
          onClick={onRemove}
        />
      )}
    </div>
  );
}

interface MannerProps {
  path: Path;
  value: Json;
  operator: OperatorDescription | undefined;
}

/** As what the two sides are compared. */
function Manner({ path, value, operator }: MannerProps) {
  const { vocabulary } = useDesigner();
  const compareAs = useParamEdit([...path, 'compareAs']);
  const ignoreCase = useParamEdit([...path, 'ignoreCase']);
  if (operator?.operandsMax === 0) return null;
  const chosen = textOf(getIn(value, ['compareAs']));
  const known = vocabulary.compareAs.find((each) => each.compareAs === chosen);
  return (
    <>
      <Field title="Compare as" findings={compareAs.findings} hint={known?.summary}>
        {(control) => (
          <select
            {...control}
            value={chosen}
            onChange={(event) => compareAs.set(event.target.value || undefined)}
          >
            <option value="">the variable’s own type</option>
            {vocabulary.compareAs.map(({ compareAs: word, title }) => (
              <option key={word} value={word}>
                {title}
              </option>
            ))}
          </select>
        )}
      </Field>
      {operator?.ordering !== true && (
        <label className={css.flag}>
          <input
            type="checkbox"
            checked={getIn(value, ['ignoreCase']) === true}
            onChange={(event) => ignoreCase.set(event.target.checked)}
          />
          Capitals and small letters are the same
        </label>
      )}
    </>
  );
}
