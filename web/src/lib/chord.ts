// Keyboard chords: one spelling for matching, for the key sheet and for `aria-keyshortcuts`.

export interface Chord {
  alt: boolean;
  /** Ctrl, or the command key of a Mac; never together with Alt. */
  ctrl?: boolean;
  /** A lower-case letter, `Enter` or `?`. */
  key: string;
}

/** `Alt+A`, `Ctrl+Z`, `Alt+Enter`, `?`. */
export function chordText(chord: Chord): string {
  const key = chord.key.length === 1 ? chord.key.toUpperCase() : chord.key;
  if (chord.ctrl) return `Ctrl+${key}`;
  return chord.alt ? `Alt+${key}` : key;
}

/** The parts of a keyboard event that matter here. */
export type Press = Pick<
  KeyboardEvent,
  'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'key' | 'code'
>;

/**
 * Whether a key press is this chord. Alt on a Mac writes another letter (Alt+A gives "å"), so a key
 * that is not a plain letter is judged by its place on the keyboard. AltGr (Ctrl+Alt) is never ours.
 */
export function matches(chord: Chord, press: Press): boolean {
  if (chord.ctrl) {
    const held = press.ctrlKey !== press.metaKey && !press.altKey && !press.shiftKey;
    return held && press.key.toLowerCase() === chord.key;
  }
  if (press.ctrlKey || press.metaKey || press.altKey !== chord.alt) return false;
  if (!chord.alt) return press.key === chord.key;
  if (press.shiftKey) return false;
  if (chord.key.length > 1) return press.key === chord.key;
  const letter = /^[a-z]$/i.test(press.key) ? press.key : press.code.replace(/^Key/, '');
  return letter.toLowerCase() === chord.key;
}
