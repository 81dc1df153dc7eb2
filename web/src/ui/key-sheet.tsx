// The keys of a page, and where its rules are written down.
import { Modal } from '@mantine/core';
import { useState } from 'react';
import { type Chord, chordText } from '@/lib/chord';
import type { HelpKey, HelpLink } from '@/lib/help';
import { characterKeysOn, setCharacterKeys } from '@/lib/hotkeys';
import css from './key-sheet.module.css';

/** The chord of the sheet itself: a single character, so it can be switched off. */
export const SHOW_KEYS: Chord = { alt: false, key: '?' };

interface KeySheetProps {
  opened: boolean;
  onClose: () => void;
  keys: readonly HelpKey[];
  links?: readonly HelpLink[];
}

export function KeySheet({ opened, onClose, keys, links = [] }: KeySheetProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="Keyboard shortcuts" centered>
      <table className={css.table}>
        <tbody>
          {keys.map(({ label, chord }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td>
                <kbd>{chordText(chord)}</kbd>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {links.length > 0 && <Links links={links} />}
      <CharacterKeys />
    </Modal>
  );
}

function Links({ links }: { links: readonly HelpLink[] }) {
  return (
    <>
      <h3 className={css.about}>About this page</h3>
      <ul className={css.links}>
        {links.map(({ label, href }) => (
          <li key={href}>
            <a href={href} target="_blank" rel="noreferrer">
              {label}
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}

function CharacterKeys() {
  const [on, setOn] = useState(characterKeysOn);
  const change = (next: boolean) => {
    setCharacterKeys(next);
    setOn(next);
  };
  return (
    <label className={css.option}>
      <input type="checkbox" checked={on} onChange={(event) => change(event.target.checked)} />
      Use keys of a single character, such as “?”. Switch them off if you speak to your computer.
    </label>
  );
}
