// The skills that matched, everyone who was considered, and who was not and why.
import type { Why } from '@/contract/types';
import { spokenDuration } from '@/lib/format/duration';
import { Icon } from './icon';
import { UntrustedText } from './untrusted-text';
import css from './why.module.css';

interface WhyDetailsProps {
  why: Why;
  /** Who looks; nobody when it is not about oneself. */
  agentId: string | null;
  skills: boolean;
}

export function WhyDetails({ why, agentId, skills }: WhyDetailsProps) {
  return (
    <>
      {skills && <WhySkills skills={why.skills} />}
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

export function WhySkills({ skills }: { skills: Why['skills'] }) {
  if (skills.length === 0) return null;
  return (
    <ul className={css.skills} aria-label="Skills">
      {skills.map((skill) => (
        <Skill key={skill.id} skill={skill} />
      ))}
    </ul>
  );
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

function Considered({ why, agentId }: { why: Why; agentId: string | null }) {
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
