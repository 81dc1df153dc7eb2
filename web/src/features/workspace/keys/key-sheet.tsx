// Every shortcut, from the same list the keyboard uses.
import { Modal } from '@mantine/core';
import { useState } from 'react';
import { chordText } from '@/lib/chord';
import { write } from '@/lib/storage';
import { ACTIONS } from '../actions/all';
import { CLOSED, open, useUi } from '../model/ui';
import { characterKeysOn } from '../run/use-shortcuts';
import css from './key-sheet.module.css';

export function KeySheet() {
  const opened = useUi((store) => store.surface.kind === 'keys');
  return (
    <Modal opened={opened} onClose={() => open(CLOSED)} title="Keyboard shortcuts" centered>
      <table className={css.table}>
        <tbody>
          {ACTIONS.map(({ id, label, shortcut }) => (
            <tr key={id}>
              <th scope="row">{label}</th>
              <td>
                <kbd>{chordText(shortcut)}</kbd>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <CharacterKeys />
    </Modal>
  );
}

function CharacterKeys() {
  const [on, setOn] = useState(characterKeysOn);
  const change = (next: boolean) => {
    write('local', 'characterKeys', next ? null : 'off');
    setOn(next);
  };
  return (
    <label className={css.option}>
      <input type="checkbox" checked={on} onChange={(event) => change(event.target.checked)} />
      Open this list with the single key “?”. Switch it off if you speak to your computer.
    </label>
  );
}
