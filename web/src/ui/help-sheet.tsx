// `?` on any page: the keys and links that its parts have named.
import { closeHelp, openHelp, useHelp } from '@/lib/help';
import { useHotkeys } from '@/lib/hotkeys';
import { KeySheet, SHOW_KEYS } from './key-sheet';

export function HelpSheet() {
  const { opened, parts } = useHelp();
  useHotkeys([{ chord: SHOW_KEYS, run: openHelp }]);
  const keys = parts.flatMap((part) => part.keys ?? []);
  const links = parts.flatMap((part) => part.links ?? []);
  return (
    <KeySheet
      opened={opened}
      onClose={closeHelp}
      keys={[...keys, { label: 'Show this list', chord: SHOW_KEYS }]}
      links={links}
    />
  );
}
