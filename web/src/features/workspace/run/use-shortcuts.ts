// Listens for the chords of all actions, everywhere on the page.
import { useEffect } from 'react';
import { type Chord, matches } from '@/lib/chord';
import { read } from '@/lib/storage';
import { ACTIONS } from '../actions/all';
import { actionContext, run } from './run';

/** The single-character `?` can be switched off (WCAG 2.1.4). */
export function characterKeysOn(): boolean {
  return read('local', 'characterKeys') !== 'off';
}

export function useShortcuts(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.isComposing) return;
      const action = ACTIONS.find((each) => heard(each.shortcut, event));
      if (action === undefined) return;
      event.preventDefault();
      const context = actionContext();
      if (event.repeat || context === null || !action.available(context)) return;
      run(action.perform(context));
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}

function heard(chord: Chord, event: KeyboardEvent): boolean {
  if (!matches(chord, event)) return false;
  return chord.alt || (characterKeysOn() && !isWriting(event.target));
}

function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select') !== null;
}
