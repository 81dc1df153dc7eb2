// Skills, each with a level.
import type { SkillLevel } from '@/contract/admin-types';
import { useChoices } from '../resource/data';
import type { ControlProps, Names } from '../resource/spec';
import { AddOne } from './add-one';
import css from './fields.module.css';
import { LevelSelect } from './level-select';
import { RemoveButton } from './remove-button';
import { Several } from './several';

/** What a skill begins with when it is added. */
const USUAL_LEVEL = 5;

export function SkillLevels(props: ControlProps<SkillLevel[]>) {
  const { label, hint, value, onChange, errors } = props;
  const { choices } = useChoices('skills');
  const nameOf = (id: number) => choices.find((choice) => choice.id === id)?.name ?? `#${id}`;
  const left = choices.filter(({ id }) => !value.some(({ skillId }) => skillId === id));
  return (
    <Several label={label} hint={hint} error={errors['']}>
      {value.length > 0 && (
        <ul className={css.lines}>
          {value.map(({ skillId, level }, index) => (
            <li key={skillId} className={css.line}>
              <span className={css.grow}>{nameOf(skillId)}</span>
              <LevelSelect
                label={`Level of ${nameOf(skillId)}`}
                value={level}
                error={errors[`[${index}].level`] ?? errors[`[${index}].skillId`]}
                onChange={(next) =>
                  onChange(
                    value.map((each, at) => (at === index ? { skillId, level: next } : each)),
                  )
                }
              />
              <RemoveButton
                what={nameOf(skillId)}
                onClick={() => onChange(value.filter((_, at) => at !== index))}
              />
            </li>
          ))}
        </ul>
      )}
      <AddOne
        label={`Add to ${label}`}
        choices={left}
        onAdd={(id) => onChange([...value, { skillId: Number(id), level: USUAL_LEVEL }])}
      />
    </Several>
  );
}

export function skillWords(value: readonly SkillLevel[], names: Names): string {
  const words = value.map(({ skillId, level }) => `${names('skills', skillId)} ${level}`);
  return words.length === 0 ? 'none' : words.join(', ');
}

export function skillNames(value: readonly SkillLevel[]) {
  return value.map(({ skillId }) => ({ to: 'skills' as const, id: skillId }));
}
