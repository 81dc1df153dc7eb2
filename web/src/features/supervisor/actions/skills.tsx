// What an agent is good at: changed here, and saved over what was seen when the change began.
import { useId, useState } from 'react';
import type { AgentRow, Wallboard } from '@/contract/types';
import { Button } from '@/ui/button';
import { UntrustedText } from '@/ui/untrusted-text';
import { useUi } from '../model/ui';
import { perform } from '../run/perform';
import css from './dialog.module.css';

type Skill = AgentRow['skills'][number];

/** What is changed, and the revision that it was begun from. */
interface Draft {
  revision: number;
  skills: Skill[];
}

const LEVELS = Array.from({ length: 10 }, (_, index) => index + 1);
/** Where somebody who is good at something begins. */
const NEW_LEVEL = 5;

export function Skills({ row, known }: { row: AgentRow; known: Wallboard['skills'] }) {
  const id = useId();
  const [draft, setDraft] = useState<Draft | null>(null);
  const [pending, setPending] = useState(false);
  const skills = draft?.skills ?? row.skills;
  const free = known.filter((skill) => skills.every(({ skillId }) => skillId !== skill.id));
  const change = (to: Skill[]) =>
    setDraft({ revision: draft?.revision ?? row.revision, skills: to });
  const save = async () => {
    if (draft === null) return;
    setPending(true);
    const wish = { kind: 'skills', agentId: row.id, ...draft } as const;
    const done = await perform(wish, `${row.name}: skills saved.`);
    setPending(false);
    // What somebody else has made of it is shown instead, to be looked at.
    if (!done && useUi.getState().told?.code === 'changedMeanwhile') setDraft(null);
  };
  return (
    <section aria-labelledby={id}>
      <h3 className={css.subtitle} id={id}>
        Skills
      </h3>
      {skills.length === 0 && <p className={css.small}>None.</p>}
      <ul className={css.list}>
        {skills.map((skill) => (
          <SkillLine
            key={skill.skillId}
            skill={skill}
            name={known.find((each) => each.id === skill.skillId)?.name ?? `skill ${skill.skillId}`}
            onLevel={(level) =>
              change(skills.map((each) => (each === skill ? { ...skill, level } : each)))
            }
            onRemove={() => change(skills.filter((each) => each !== skill))}
          />
        ))}
      </ul>
      <div className={css.choices}>
        {free.map((skill) => (
          <Button
            key={skill.id}
            size="small"
            tone="quiet"
            aria-label={`Add ${skill.name}`}
            onClick={() => change([...skills, { skillId: skill.id, level: NEW_LEVEL }])}
          >
            + <UntrustedText text={skill.name} />
          </Button>
        ))}
      </div>
      {draft !== null && (
        <div className={css.choices}>
          <Button size="small" tone="primary" pending={pending} onClick={() => void save()}>
            Save skills
          </Button>
          <Button size="small" tone="quiet" onClick={() => setDraft(null)}>
            Discard
          </Button>
        </div>
      )}
    </section>
  );
}

interface SkillLineProps {
  skill: Skill;
  name: string;
  onLevel: (level: number) => void;
  onRemove: () => void;
}

function SkillLine({ skill, name, onLevel, onRemove }: SkillLineProps) {
  // The rules know level 0 too: it is shown where it is set.
  const levels = LEVELS.includes(skill.level) ? LEVELS : [skill.level, ...LEVELS];
  return (
    <li>
      <UntrustedText text={name} />
      <span className={css.choices}>
        <select
          className={css.level}
          aria-label={`Level of ${name}`}
          value={skill.level}
          onChange={({ target }) => onLevel(Number(target.value))}
        >
          {levels.map((level) => (
            <option key={level} value={level}>
              {level}
            </option>
          ))}
        </select>
        <Button size="small" aria-label={`Remove ${name}`} onClick={onRemove}>
          Remove
        </Button>
      </span>
    </li>
  );
}
