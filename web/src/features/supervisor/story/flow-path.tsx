// The way through scripts: each node with the exit by which it was left.
import type { Story } from '@/contract/types';
import type { Place } from '@/lib/format/formatted';
import { timeOfDay } from '@/lib/format/instant';
import { UntrustedText } from '@/ui/untrusted-text';
import { Block } from './block';
import css from './story.module.css';

type Step = Story['path'][number];

export function FlowPath({ steps, place }: { steps: Step[]; place: Place }) {
  return (
    <Block title="Way through the script">
      {steps.length === 0 && <p className={css.quiet}>No script has served it.</p>}
      <ol className={css.path}>
        {steps.map((step, index) => (
          <li key={`${step.at} ${step.node} ${step.leftAt}`}>
            {isNewScript(steps, index) && (
              <p className={css.script}>
                <UntrustedText text={step.script.name} /> version {step.script.version}
              </p>
            )}
            <p className={css.step}>
              <time className={`${css.quiet} digits`} dateTime={new Date(step.at).toISOString()}>
                {timeOfDay(step.at, place)}
              </time>{' '}
              <b>
                <UntrustedText text={step.label} />
              </b>{' '}
              {step.exit === null ? (
                <span className={css.quiet}>no exit taken</span>
              ) : (
                <>
                  → <UntrustedText text={step.exit} />
                </>
              )}
              {step.note !== null && (
                <small className={css.quiet}>
                  {' '}
                  <UntrustedText text={step.note} />
                </small>
              )}
            </p>
          </li>
        ))}
      </ol>
    </Block>
  );
}

function isNewScript(steps: Step[], index: number): boolean {
  const [before, now] = [steps[index - 1]?.script, steps[index]?.script];
  return before?.id !== now?.id || before?.version !== now?.version;
}
