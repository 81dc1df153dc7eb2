// Hears chords everywhere on the page.
import { useEffect, useRef } from 'react';
import { type Chord, matches } from './chord';
import { read, write } from './storage';

export interface Hotkey {
  chord: Chord;
  run: () => void;
}

/** Keys of a single character, such as `?`, can be switched off (WCAG 2.1.4). */
export function characterKeysOn(): boolean {
  return read('local', 'characterKeys') !== 'off';
}

export function setCharacterKeys(on: boolean): void {
  write('local', 'characterKeys', on ? null : 'off');
}

/** Whether this press means the chord here: a single character does not while someone writes. */
export function heard(chord: Chord, event: KeyboardEvent): boolean {
  if (!matches(chord, event)) return false;
  if (chord.alt || chord.ctrl || chord.key.length > 1) return true;
  return characterKeysOn() && !isWriting(event.target);
}

function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select') !== null;
}

/** What lies in front of a page and keeps the keys for itself. */
const IN_FRONT = '[aria-modal="true"], [role="menu"]';

/** Listens while the component is on the page. */
export function useHotkeys(hotkeys: readonly Hotkey[]): void {
  const current = useRef(hotkeys);
  useEffect(() => {
    current.current = hotkeys;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.isComposing || event.defaultPrevented) return;
      const hotkey = current.current.find(({ chord }) => heard(chord, event));
      if (hotkey === undefined || document.querySelector(IN_FRONT) !== null) return;
      event.preventDefault();
      if (!event.repeat) hotkey.run();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
