// What a test's run did: each node with the exit taken, what was said and set, and how it ended.
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import { UntrustedText } from '@/ui/untrusted-text';
import type { RunStep } from '../api/wire';
import type { FlowTest } from '../graph/flow';
import { exitsOf } from '../graph/kinds';
import { only } from '../state/choice';
import { useDesigner, useDesignerState, useFlow } from '../state/context';
import { endWords } from './test-json';
import css from './tests.module.css';

interface ReportViewProps {
  test: FlowTest;
  onChange: (test: FlowTest) => void;
}

export function ReportView({ test, onChange }: ReportViewProps) {
  const { vocabulary } = useDesigner();
  const report = useDesignerState((state) => state.reports.get(test.name));
  if (report === undefined) return <p className={css.soft}>It has not run yet.</p>;
  const expectThis = () => {
    const passed = report.steps.flatMap(({ node, exit }) =>
      exit === null ? [] : [{ node, exit }],
    );
    onChange({ ...test, expect: { ...test.expect, through: passed, end: report.end } });
  };
  return (
    <section className={css.report} aria-label={`What ${test.name} did`}>
      <h3 className={css.title}>What happened</h3>
      {report.faults.map((fault) => (
        <p key={fault} className={css.fault}>
          <UntrustedText text={fault} />
        </p>
      ))}
      <ol className={css.steps}>
        {report.steps.map((step, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a run may pass a node many times
          <Step key={index} step={step} />
        ))}
      </ol>
      <p>
        It ends <UntrustedText text={endWords(report.end, vocabulary.names)} />.
      </p>
      <Button size="small" icon={<Icon name="check" size={14} />} onClick={expectThis}>
        Expect exactly this
      </Button>
    </section>
  );
}

function Step({ step }: { step: RunStep }) {
  const { vocabulary, choose } = useDesigner();
  const node = useFlow().nodes.get(step.node);
  const exit = node && exitsOf(node, vocabulary.kinds).find(({ name }) => name === step.exit);
  return (
    <li>
      <button type="button" className={css.link} onClick={() => choose(only(step.node))}>
        <bdi>{node?.label || step.node}</bdi>
      </button>
      {step.exit !== null && <bdi> → {exit?.title ?? step.exit}</bdi>}
      {step.note != null && <small> ({step.note})</small>}
      {step.said?.map((text) => (
        <p key={text} className={css.said}>
          “<UntrustedText text={text} clipAs="what was said" />”
        </p>
      ))}
      {step.assigned?.map(({ variable, value }) => (
        <p key={variable} className={css.said}>
          <code>{variable}</code> = {value === null ? 'private' : <UntrustedText text={value} />}
        </p>
      ))}
    </li>
  );
}
