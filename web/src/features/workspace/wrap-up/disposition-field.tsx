// The outcome, one of the contract's four. Arrow keys move between them.
import type { WrapUp } from '@/contract/types';
import css from './wrap-up.module.css';

/** The published dispositions, for a draft begun before the server has sent its list. */
const PUBLISHED: WrapUp['dispositions'] = [
  { code: 1000, text: 'None' },
  { code: 1001, text: 'Try Again' },
  { code: 1002, text: 'Schedule Callback' },
  { code: 2001, text: 'Do Not Call' },
];

interface DispositionFieldProps {
  options: WrapUp['dispositions'] | undefined;
  value: number;
  onChange: (code: number) => void;
}

/** The chosen one carries the id, so that "go to the wrap-up form" lands on it. */
export const FIRST_FIELD = 'wrap-up-first';

export function DispositionField({ options, value, onChange }: DispositionFieldProps) {
  return (
    <fieldset>
      <legend className={css.label}>Disposition</legend>
      <div className={css.radios}>
        {(options ?? PUBLISHED).map(({ code, text }) => (
          <label className={css.radio} key={code}>
            <input
              type="radio"
              name="disposition"
              id={code === value ? FIRST_FIELD : undefined}
              checked={code === value}
              onChange={() => onChange(code)}
            />
            {text}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
