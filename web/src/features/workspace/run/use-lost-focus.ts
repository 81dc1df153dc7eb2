// When the button that had the focus disappears (Accept, End, Complete), the focus goes to the heading
// of what replaced it instead of to nowhere. Focus that is somewhere is never taken.
import { useEffect, useRef } from 'react';
import { useLive } from '../model/live';
import { findWork } from '../model/place';
import { useUi } from '../model/ui';
import { STAGE_HEADING } from '../stage/person';

export function useLostFocus(): void {
  const selectedId = useUi((store) => store.selectedId);
  const place = useLive((store) => findWork(store.state, selectedId)?.place ?? null);
  const first = useRef(true);
  const key = `${selectedId}:${place}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs after every change of place
  useEffect(() => {
    if (first.current) {
      first.current = false;
      return;
    }
    if (document.activeElement !== null && document.activeElement !== document.body) return;
    const heading = document.getElementById(STAGE_HEADING) ?? document.getElementById('my-work');
    heading?.focus({ preventScroll: true });
  }, [key]);
}
