// The tests kept with the script: what is given, what must come of it, and what came.
import { useState } from 'react';
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import { Message } from '@/ui/message';
import type { FlowTest } from '../graph/flow';
import { useDesigner, useDesignerState, useFlow } from '../state/context';
import { ReportView } from './report-view';
import { TestEditor } from './test-editor';
import { newTest } from './test-json';
import css from './tests.module.css';

export function TestsPanel() {
  const { edit } = useDesigner();
  const { tests } = useFlow();
  const [opened, setOpened] = useState<number | null>(null);
  const add = () => {
    edit({ type: 'setTests', tests: [...tests, newTest(tests)] });
    setOpened(tests.length);
  };
  const change = (index: number, next: FlowTest | null, run?: string) => {
    const changed = tests.flatMap((test, at) => {
      if (at !== index) return [test];
      return next === null ? [] : [next];
    });
    edit({ type: 'setTests', tests: changed }, run);
    if (next === null) setOpened(null);
  };
  return (
    <div className={css.panel}>
      <Verdict />
      <ul className={css.tests}>
        {tests.map((test, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a test's name changes while it is typed
          <li key={index} className={css.test}>
            <TestHead
              name={test.name}
              opened={opened === index}
              onToggle={() => setOpened(opened === index ? null : index)}
            />
            {opened === index && (
              <div className={css.body}>
                <TestEditor test={test} onChange={(next, run) => change(index, next, run)} />
                <ReportView test={test} onChange={(next) => change(index, next)} />
              </div>
            )}
          </li>
        ))}
      </ul>
      {tests.length === 0 && (
        <Message icon="check" title="No tests yet">
          <p>A test says what a caller brings along and where the script must lead.</p>
        </Message>
      )}
      <Button size="small" icon={<Icon name="plus" size={14} />} onClick={add}>
        Add a test
      </Button>
    </div>
  );
}

/** How many pass, said aloud when it changes. */
function Verdict() {
  const { tests } = useFlow();
  const reports = useDesignerState((state) => state.reports);
  const failed = useDesignerState((state) => state.checkFailed);
  if (tests.length === 0) return null;
  const passed = tests.filter(({ name }) => reports.get(name)?.faults.length === 0).length;
  const words = failed ? 'The server did not run them.' : `${passed} of ${tests.length} pass.`;
  return <p role="status">{words}</p>;
}

interface TestHeadProps {
  name: string;
  opened: boolean;
  onToggle: () => void;
}

function TestHead({ name, opened, onToggle }: TestHeadProps) {
  const { set } = useDesigner();
  const report = useDesignerState((state) => state.reports.get(name));
  const isShown = useDesignerState(({ shown }) => shown === name);
  const passed = report === undefined ? null : report.faults.length === 0;
  return (
    <div className={css.head}>
      <button type="button" className={css.name} aria-expanded={opened} onClick={onToggle}>
        <span className={css.result} data-passed={passed ?? undefined}>
          <Icon name={passed === null ? 'clock' : passed ? 'check' : 'cross'} size={16} />
          <span className={css.unseen}>
            {passed === null ? 'Running: ' : passed ? 'Passed: ' : 'Failed: '}
          </span>
        </span>
        <bdi>{name || '(no name)'}</bdi>
      </button>
      <Button
        tone="quiet"
        size="small"
        aria-pressed={isShown}
        disabled={report === undefined}
        onClick={() => set({ shown: isShown ? null : name })}
      >
        Show path
      </Button>
    </div>
  );
}
