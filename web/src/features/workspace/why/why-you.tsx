// Why the router chose me: one sentence, the skills that matched, and everyone it considered.
import type { Why } from '@/contract/types';
import { count, spokenDuration } from '@/lib/format/duration';
import { Icon } from '@/ui/icon';
import { Panel } from '@/ui/panel';
import { UntrustedText } from '@/ui/untrusted-text';
import css from './why.module.css';

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
        <Details why={why} agentId={agentId} skills />
      </details>
    );
  }
  return (
    <Panel title="Why you">
      {sentence}
      {size === 'full' && <Skills skills={why.skills} />}
      <details className={css.more}>
        <summary>{summary(why)}</summary>
        <Details why={why} agentId={agentId} skills={size === 'line'} />
      </details>
    </Panel>
  );
}

function Details({ why, agentId, skills }: { why: Why; agentId: string; skills: boolean }) {
  return (
    <>
      {skills && <Skills skills={why.skills} />}
      <Considered why={why} agentId={agentId} />
      <Excluded why={why} />
      <h3>Numbers</h3>
      <p className={`${css.numbers} digits`}>
        Score {why.score}, priority {why.priority}, waited {spokenDuration(why.waitedMs)}, ring{' '}
        {why.ring}
      </p>
    </>
  );
}

function Skills({ skills }: { skills: Why['skills'] }) {
  if (skills.length === 0) return null;
  return (
    <ul className={css.skills} aria-label="Skills">
      {skills.map((skill) => (
        <Skill key={skill.id} skill={skill} />
      ))}
    </ul>
  );
}

function summary(why: Why): string {
  const excluded = why.excluded.length + why.excludedMore;
  return `${count(why.candidates.length, 'candidate')}, ${excluded} excluded`;
}

function Skill({ skill }: { skill: Why['skills'][number] }) {
  const level = skill.level ?? 0;
  const met = level >= skill.needed;
  const wish = skill.required ? 'required' : 'preferred';
  return (
    <li className={css.skill} data-short={!met || undefined}>
      <Icon name={met ? 'check' : 'cross'} size={12} />
      <UntrustedText text={skill.name} />
      <span className="digits">
        {skill.level === null ? 'not held' : `level ${level}`}, {wish} {skill.needed}
      </span>
    </li>
  );
}

function Considered({ why, agentId }: { why: Why; agentId: string }) {
  if (why.candidates.length === 0) return null;
  return (
    <>
      <h3>Considered, in order</h3>
      <ol className={css.people}>
        {why.candidates.map((candidate) => (
          <li key={candidate.agentId}>
            <b>
              <UntrustedText text={candidate.name} />
              {candidate.agentId === agentId && ' (you)'}
            </b>
            <span>
              idle {spokenDuration(candidate.idleMs)}
              {candidate.preferredScore > 0 && `, preferred skills +${candidate.preferredScore}`}
            </span>
          </li>
        ))}
      </ol>
    </>
  );
}

function Excluded({ why }: { why: Why }) {
  if (why.excluded.length === 0) return null;
  return (
    <>
      <h3>Not offered to</h3>
      <ul className={css.people}>
        {why.excluded.map((excluded) => (
          <li key={excluded.agentId}>
            <b>
              <UntrustedText text={excluded.name} />
            </b>
            <span>
              <UntrustedText text={excluded.text} />
            </span>
          </li>
        ))}
        {why.excludedMore > 0 && <li>and {why.excludedMore} more</li>}
      </ul>
    </>
  );
}
