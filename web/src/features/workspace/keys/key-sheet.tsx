// Every shortcut, from the same list the keyboard uses.
import { KeySheet as Sheet } from '@/ui/key-sheet';
import { ACTIONS } from '../actions/all';
import { CLOSED, open, useUi } from '../model/ui';

const KEYS = ACTIONS.map(({ label, shortcut }) => ({ label, chord: shortcut }));

export function KeySheet() {
  const opened = useUi((store) => store.surface.kind === 'keys');
  return <Sheet opened={opened} onClose={() => open(CLOSED)} keys={KEYS} />;
}
