// Buttons. While a request is under way a button keeps its focus and shows it only if it takes long.
import { type ComponentPropsWithRef, type ReactNode, useEffect, useState } from 'react';
import { type Chord, chordText } from '@/lib/chord';
import css from './button.module.css';

/** Faster answers change nothing on the button: a flicker says less than nothing. */
export const PENDING_AFTER_MS = 100;

type Tone = 'primary' | 'danger' | 'plain' | 'quiet';

interface ButtonProps extends Omit<ComponentPropsWithRef<'button'>, 'children'> {
  children?: ReactNode;
  icon?: ReactNode;
  /** Name for a button that shows only its icon. */
  label?: string;
  pending?: boolean;
  shortcut?: Chord;
  size?: 'normal' | 'small';
  tone?: Tone;
}

export function Button(props: ButtonProps) {
  const { children, className, icon, label, onClick, pending = false, shortcut, ...others } = props;
  const { size = 'normal', tone = 'plain', ...rest } = others;
  const slow = useSlow(pending);
  return (
    <button
      type="button"
      {...rest}
      className={className === undefined ? css.button : `${css.button} ${className}`}
      data-tone={tone}
      data-size={size}
      data-icon-only={children === undefined || undefined}
      data-busy={slow || undefined}
      aria-label={label ?? rest['aria-label']}
      title={label}
      aria-disabled={pending || undefined}
      aria-busy={slow || undefined}
      aria-keyshortcuts={shortcut && chordText(shortcut)}
      onClick={pending ? undefined : onClick}
    >
      {slow ? <span className={css.spinner} aria-hidden="true" /> : icon}
      {children}
      {shortcut && (
        <span className={css.key} aria-hidden="true">
          {chordText(shortcut)}
        </span>
      )}
    </button>
  );
}

/** A link that looks like a button. */
export function LinkButton({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a className={css.button} data-tone="plain" href={href}>
      {children}
    </a>
  );
}

function useSlow(pending: boolean): boolean {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    if (!pending) return setSlow(false);
    const timer = setTimeout(() => setSlow(true), PENDING_AFTER_MS);
    return () => clearTimeout(timer);
  }, [pending]);
  return slow;
}
