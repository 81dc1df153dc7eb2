// Listens for the chords of all actions, everywhere on the page.
import { useEffect } from 'react';
import { heard } from '@/lib/hotkeys';
import { ACTIONS } from '../actions/all';
import { actionContext, run } from './run';

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
