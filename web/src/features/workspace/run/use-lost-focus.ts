// When the button that had the focus disappears (Accept, End, Complete), the focus goes to the heading
// of what replaced it instead of to nowhere. Focus that is somewhere is never taken, and an offer that
// arrives takes none at all.
import { useEffect, useRef } from 'react';
import { useLive } from '../model/live';
import { findWork } from '../model/place';
import { useUi } from '../model/ui';
import { STAGE_HEADING } from '../stage/person';

export function useLostFocus(): void {
  const selectedId = useUi((store) => store.selectedId);
  const place = useLive((store) => findWork(store.state, selectedId)?.place ?? null);
  const before = useRef(place);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another interaction is a change as well
  useEffect(() => {
    const hadWork = before.current !== null;
    before.current = place;
    if (!hadWork || (document.activeElement ?? document.body) !== document.body) return;
    const heading = place === null || place === 'offered' ? 'my-work' : STAGE_HEADING;
    document.getElementById(heading)?.focus({ preventScroll: true });
  }, [selectedId, place]);
}
