// A secret that is shown this one time, with a button that copies it.
import { useId, useRef, useState } from 'react';
import { Button } from './button';
import { Icon } from './icon';
import css from './once.module.css';

export function Once({ label, value }: { label: string; value: string }) {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [said, setSaid] = useState('');
  const copy = async () => {
    field.current?.select();
    // Over plain HTTP a page may not write to the clipboard by itself.
    const done = await navigator.clipboard?.writeText(value).then(
      () => true,
      () => false,
    );
    setSaid(done ? 'Copied.' : 'Marked: press Ctrl+C.');
  };
  return (
    <div className={css.once}>
      <label htmlFor={id}>{label}</label>
      <div className={css.value}>
        <input
          id={id}
          ref={field}
          readOnly
          value={value}
          onFocus={({ target }) => target.select()}
        />
        <Button icon={<Icon name="copy" />} onClick={() => void copy()}>
          Copy
        </Button>
      </div>
      <p className={css.said} role="status">
        {said}
      </p>
    </div>
  );
}
