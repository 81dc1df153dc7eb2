// What a test gives and what it expects.
import { useState } from 'react';
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import { Field } from '../form/field';
import formCss from '../form/form.module.css';
import type { FlowTest } from '../graph/flow';
import { getIn, type Json, type Path, sameJson } from '../graph/json';
import { useDesigner } from '../state/context';
import { GivenQueues } from './given-queues';
import { GivenVariables } from './given-variables';
import { OtherFacts } from './other-facts';
import {
  endWords,
  fromLines,
  fromLocalTime,
  fromSecondLines,
  lines,
  localTime,
  possibleEnds,
  secondLines,
  setExpected,
  setGiven,
} from './test-json';
import css from './tests.module.css';
import { Through } from './through';

export interface TestPartProps {
  test: FlowTest;
  /** Null removes it; edits of the same run are undone as one. */
  onChange: (test: FlowTest | null, run?: string) => void;
}

export function TestEditor({ test, onChange }: TestPartProps) {
  const { endRun } = useDesigner();
  return (
    <div className={css.editor}>
      <Field title="Name">
        {(control) => (
          <input
            {...control}
            type="text"
            autoComplete="off"
            value={test.name}
            onChange={({ target }) => onChange({ ...test, name: target.value }, 'test name')}
            onBlur={endRun}
          />
        )}
      </Field>
      <h3 className={css.title}>Given</h3>
      <GivenVariables test={test} onChange={onChange} />
      <Lines
        test={test}
        onChange={onChange}
        name="digits"
        title="Keys pressed"
        hint="One line for each question; an empty line lets the time pass."
      />
      <details className={css.more}>
        <summary>Time, queues and more</summary>
        <Recordings test={test} onChange={onChange} />
        <TimeField test={test} onChange={onChange} />
        <GivenQueues test={test} onChange={onChange} />
        <Lines
          test={test}
          onChange={onChange}
          name="queueExits"
          title="How queues are left"
          hint="One exit for each To Queue, such as timeout. After the last, the caller stays."
        />
        <Lines
          test={test}
          onChange={onChange}
          name="callExits"
          title="How rung agents and numbers answer"
          hint="One exit for each, such as busy. After the last, it is answered."
        />
        <OtherFacts test={test} onChange={onChange} />
      </details>
      <h3 className={css.title}>Expected</h3>
      <Through test={test} onChange={onChange} />
      <EndField test={test} onChange={onChange} />
      <Button
        size="small"
        className={css.remove ?? ''}
        icon={<Icon name="trash" size={14} />}
        onClick={() => onChange(null)}
      >
        Remove this test
      </Button>
    </div>
  );
}

interface LinesProps extends TestPartProps {
  name: string;
  title: string;
  hint: string;
}

function Lines({ test, onChange, name, title, hint }: LinesProps) {
  const { endRun } = useDesigner();
  const path: Path = [name];
  const text = lines(getIn(test.given, path));
  return (
    <Field title={title} hint={hint}>
      {(control) => (
        <textarea
          {...control}
          className={`${formCss.control} ${formCss.code}`}
          rows={Math.min(6, Math.max(1, text.split('\n').length))}
          value={text}
          onChange={({ target }) => onChange(setGiven(test, path, fromLines(target.value)), name)}
          onBlur={endRun}
        />
      )}
    </Field>
  );
}

/** Seconds are typed as they come and read when the field is left: `2.` is on the way to `2.5`. */
function Recordings({ test, onChange }: TestPartProps) {
  const path: Path = ['recordings'];
  const kept = secondLines(getIn(test.given, path));
  const [typed, setTyped] = useState<string | null>(null);
  const leave = () => {
    if (typed !== null) onChange(setGiven(test, path, fromSecondLines(typed.trimEnd())));
    setTyped(null);
  };
  return (
    <Field
      title="How long the customer speaks"
      hint="Seconds, one line for each recording; 0 is silence."
    >
      {(control) => (
        <textarea
          {...control}
          className={`${formCss.control} ${formCss.code}`}
          rows={1}
          value={typed ?? kept}
          onChange={({ target }) => setTyped(target.value)}
          onBlur={leave}
        />
      )}
    </Field>
  );
}

function TimeField({ test, onChange }: TestPartProps) {
  return (
    <Field title="When it begins" hint="In your own time zone.">
      {(control) => (
        <input
          {...control}
          type="datetime-local"
          value={localTime(test.given['at'])}
          onChange={({ target }) => onChange(setGiven(test, ['at'], fromLocalTime(target.value)))}
        />
      )}
    </Field>
  );
}

const ANY = 'any';

function EndField({ test, onChange }: TestPartProps) {
  const { names } = useDesigner().vocabulary;
  const end = test.expect['end'];
  const ends = possibleEnds(names);
  const isKnown = end === undefined || ends.some((each) => sameJson(each, end));
  const all: readonly Json[] = isKnown ? ends : [end, ...ends];
  const chosen = end === undefined ? ANY : String(all.findIndex((each) => sameJson(each, end)));
  return (
    <Field title="It ends">
      {(control) => (
        <select
          {...control}
          value={chosen}
          onChange={({ target }) => onChange(setExpected(test, ['end'], all[Number(target.value)]))}
        >
          <option value={ANY}>anywhere</option>
          {all.map((each, index) => (
            <option key={JSON.stringify(each)} value={index}>
              {endWords(each, names)}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
