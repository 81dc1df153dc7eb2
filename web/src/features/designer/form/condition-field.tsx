// The condition builder: tests, and groups of which all or any must hold.
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import { getIn, isList, type Json, type Path } from '../graph/json';
import { FindingNote } from '../problems/finding-note';
import css from './form.module.css';
import { useParamEdit } from './scope';
import { TestRow } from './test-row';
import type { ParamProps } from './text-field';

export const NEW_TEST: Json = {
  test: { variable: '_', operator: 'equals', right: [{ text: '' }] },
};

/** Groups within groups are hard to read from here on, and the server need not walk them deeper. */
const DEPTH_MAX = 4;

export function ConditionField({ path, value }: ParamProps) {
  return <Condition path={path} value={value} depth={0} />;
}

interface ConditionProps {
  path: Path;
  value: Json | undefined;
  depth: number;
}

export function Condition({ path, value, depth }: ConditionProps) {
  const { set } = useParamEdit(path);
  const test = getIn(value, ['test']);
  if (test === undefined) return <Group path={path} value={value} depth={depth} />;
  return (
    <div className={css.condition}>
      <TestRow path={[...path, 'test']} value={test} />
      {depth === 0 && (
        <Button
          size="small"
          icon={<Icon name="plus" size={14} />}
          onClick={() => set({ all: [value ?? NEW_TEST, NEW_TEST] })}
        >
          Add a test
        </Button>
      )}
    </div>
  );
}

function Group({ path, value, depth }: ConditionProps) {
  const word = getIn(value, ['any']) === undefined ? 'all' : 'any';
  const listed = getIn(value, [word]);
  const parts = isList(listed) ? (listed as readonly Json[]) : [];
  const { set } = useParamEdit(path);
  const { findings } = useParamEdit([...path, word]);
  /** A group of one is that one; a test that is left alone stands for itself. */
  const without = (at: number) => {
    const rest = parts.filter((_, index) => index !== at);
    set(rest.length === 1 ? rest[0] : { [word]: rest });
  };
  return (
    <fieldset className={css.list}>
      <legend className={css.unseen}>Group of tests</legend>
      <select
        className={css.control}
        aria-label="Which of the tests must hold"
        value={word}
        onChange={(event) => set({ [event.target.value]: parts })}
      >
        <option value="all">All of these hold</option>
        <option value="any">Any of these holds</option>
      </select>
      {findings.map((finding) => (
        <FindingNote key={finding.message} finding={finding} />
      ))}
      <ol>
        {parts.map((part, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a part has no identity but its place
          <li key={at} className={css.entry}>
            <Condition path={[...path, word, at]} value={part} depth={depth + 1} />
            <Button
              tone="quiet"
              size="small"
              icon={<Icon name="cross" size={14} />}
              onClick={() => without(at)}
            >
              Remove test {at + 1}
            </Button>
          </li>
        ))}
      </ol>
      <div className={css.row}>
        <Button
          size="small"
          icon={<Icon name="plus" size={14} />}
          onClick={() => set({ [word]: [...parts, NEW_TEST] })}
        >
          Add a test
        </Button>
        {depth < DEPTH_MAX && (
          <Button
            size="small"
            icon={<Icon name="plus" size={14} />}
            onClick={() =>
              set({
                [word]: [...parts, { [word === 'all' ? 'any' : 'all']: [NEW_TEST, NEW_TEST] }],
              })
            }
          >
            Add a group
          </Button>
        )}
      </div>
    </fieldset>
  );
}
