// Rings: the longer an interaction waits, the less is asked of an agent.
import type { Ring } from '@/contract/admin-types';
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import { errorsAt } from '../resource/check';
import { useChoices } from '../resource/data';
import type { ControlProps, Errors, Fault, Names } from '../resource/spec';
import { AddOne } from './add-one';
import { DurationField } from './duration-field';
import css from './fields.module.css';
import { LEVELS } from './level-select';
import { RemoveButton } from './remove-button';
import { Several } from './several';

/** How much later a new ring begins than the one before it. */
const STEP_MS = 30_000;

export function Rings({ label, hint, value, onChange, errors }: ControlProps<Ring[]>) {
  const change = (index: number, ring: Ring) =>
    onChange(value.map((each, at) => (at === index ? ring : each)));
  const add = () =>
    onChange([...value, { afterMs: (value.at(-1)?.afterMs ?? 0) + STEP_MS, relax: [] }]);
  return (
    <Several label={label} hint={hint} error={errors['']}>
      <ol className={css.rings}>
        {value.map((ring, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a ring is its place
          <li key={index} className={css.ring}>
            <OneRing
              number={index + 1}
              ring={ring}
              errors={errorsAt(errors, `[${index}]`)}
              onChange={(next) => change(index, next)}
              onRemove={() => onChange(value.filter((_, at) => at !== index))}
            />
          </li>
        ))}
      </ol>
      <div>
        <Button size="small" icon={<Icon name="plus" size={16} />} onClick={add}>
          Add a ring
        </Button>
      </div>
    </Several>
  );
}

interface OneRingProps {
  number: number;
  ring: Ring;
  errors: Errors;
  onChange: (ring: Ring) => void;
  onRemove: () => void;
}

function OneRing({ number, ring, errors, onChange, onRemove }: OneRingProps) {
  const { choices } = useChoices('skills');
  const nameOf = (id: number) => choices.find((choice) => choice.id === id)?.name ?? `#${id}`;
  const left = choices.filter(({ id }) => !ring.relax.some(({ skillId }) => skillId === id));
  const relax = (next: Ring['relax']) => onChange({ ...ring, relax: next });
  const [relaxFault] = Object.values(errorsAt(errors, 'relax'));
  return (
    <>
      <div className={css.line}>
        <DurationField
          label={`Ring ${number}: after`}
          unit="second"
          value={ring.afterMs}
          errors={errorsAt(errors, 'afterMs')}
          onChange={(afterMs) => onChange({ ...ring, afterMs })}
        />
        <span className={css.grow} />
        <RemoveButton what={`ring ${number}`} onClick={onRemove} />
      </div>
      <ul className={css.lines}>
        {ring.relax.map(({ skillId, level }, index) => (
          <li key={skillId} className={css.line}>
            <span className={css.grow}>{nameOf(skillId)}</span>
            <RelaxedLevel
              label={`From ring ${number} on, ${nameOf(skillId)}`}
              value={level}
              onChange={(next) =>
                relax(
                  ring.relax.map((each, at) => (at === index ? { skillId, level: next } : each)),
                )
              }
            />
            <RemoveButton
              what={`${nameOf(skillId)} from ring ${number}`}
              onClick={() => relax(ring.relax.filter((_, at) => at !== index))}
            />
          </li>
        ))}
      </ul>
      {relaxFault !== undefined && <p className={css.error}>{relaxFault}</p>}
      <AddOne
        label={`Ask less of a skill in ring ${number}`}
        choices={left}
        onAdd={(id) => relax([...ring.relax, { skillId: Number(id), level: null }])}
      />
    </>
  );
}

interface RelaxedLevelProps {
  label: string;
  value: number | null;
  onChange: (level: number | null) => void;
}

function RelaxedLevel({ label, value, onChange }: RelaxedLevelProps) {
  return (
    <select
      className={css.small}
      aria-label={label}
      value={value ?? 'none'}
      onChange={({ currentTarget: { value: chosen } }) =>
        onChange(chosen === 'none' ? null : Number(chosen))
      }
    >
      <option value="none">not needed</option>
      {LEVELS.map((level) => (
        <option key={level} value={level}>
          {`at least ${level}`}
        </option>
      ))}
    </select>
  );
}

/** Rings rise, as the rules demand. */
export function ringFaults(rings: readonly Ring[]): Fault[] {
  return rings.flatMap(({ afterMs }, index) => {
    const rises = afterMs > (rings[index - 1]?.afterMs ?? 0);
    const message = 'Must rise from ring to ring.';
    return rises ? [] : [{ path: `[${index}].afterMs`, message }];
  });
}

export function ringWords(rings: readonly Ring[], names: Names): string {
  const words = rings.map(({ afterMs, relax }) => {
    const less = relax.map(
      ({ skillId, level }) => `${names('skills', skillId)} ${level ?? 'not needed'}`,
    );
    return `after ${afterMs / 1000} s: ${less.join(', ') || 'nothing'}`;
  });
  return words.length === 0 ? 'none' : words.join('; ');
}

export function ringNames(rings: readonly Ring[]) {
  return rings.flatMap(({ relax }) =>
    relax.map(({ skillId }) => ({ to: 'skills' as const, id: skillId })),
  );
}
