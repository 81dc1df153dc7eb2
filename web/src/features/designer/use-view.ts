// Canvas or outline: what one chose last, and always the outline where there is no room to draw.
import { useState, useSyncExternalStore } from 'react';
import { read, write } from '@/lib/storage';

export type View = 'canvas' | 'outline';

const NARROW = '(max-width: 60rem)';

function subscribe(changed: () => void): () => void {
  const query = window.matchMedia(NARROW);
  query.addEventListener('change', changed);
  return () => query.removeEventListener('change', changed);
}

export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => window.matchMedia(NARROW).matches);
}

export function useView(): [View, (view: View) => void] {
  const [chosen, setChosen] = useState<View>(() =>
    read('local', 'designerView') === 'outline' ? 'outline' : 'canvas',
  );
  const choose = (view: View) => {
    write('local', 'designerView', view === 'canvas' ? null : view);
    setChosen(view);
  };
  return [useNarrow() ? 'outline' : chosen, choose];
}
