// Why the router chose me: one sentence, the skills that matched, and everyone it considered.
import type { Why } from '@/contract/types';
import { count } from '@/lib/format/duration';
import { Panel } from '@/ui/panel';
import { UntrustedText } from '@/ui/untrusted-text';
import css from '@/ui/why.module.css';
import { WhyDetails, WhySkills } from '@/ui/why-details';

interface WhyYouProps {
  why: Why;
  agentId: string;
  /** Once accepted, the reasons make room for the work: one line in talk, a title in wrap-up. */
  size?: 'full' | 'line' | 'title';
}

export function WhyYou({ why, agentId, size = 'full' }: WhyYouProps) {
  const sentence = (
    <p className={css.text}>
      <UntrustedText text={why.text} />
    </p>
  );
  if (size === 'title') {
    return (
      <details className={`${css.more} ${css.alone}`}>
        <summary>Why you</summary>
        {sentence}
        <WhyDetails why={why} agentId={agentId} skills />
      </details>
    );
  }
  return (
    <Panel title="Why you">
      {sentence}
      {size === 'full' && <WhySkills skills={why.skills} />}
      <details className={css.more}>
        <summary>{summary(why)}</summary>
        <WhyDetails why={why} agentId={agentId} skills={size === 'line'} />
      </details>
    </Panel>
  );
}

function summary(why: Why): string {
  const excluded = why.excluded.length + why.excludedMore;
  return `${count(why.candidates.length, 'candidate')}, ${excluded} excluded`;
}
