// The level of a skill, 0 to 10.
import css from './fields.module.css';

export const LEVELS = Array.from({ length: 11 }, (_, level) => level);

interface LevelSelectProps {
  label: string;
  value: number;
  onChange: (level: number) => void;
  error?: string | undefined;
}

export function LevelSelect({ label, value, onChange, error }: LevelSelectProps) {
  return (
    <span className={css.withError}>
      <select
        className={css.small}
        aria-label={label}
        aria-invalid={error === undefined ? undefined : true}
        value={value}
        onChange={(event) => onChange(Number(event.currentTarget.value))}
      >
        {LEVELS.map((level) => (
          <option key={level}>{level}</option>
        ))}
      </select>
      {error !== undefined && <span className={css.error}>{error}</span>}
    </span>
  );
}
