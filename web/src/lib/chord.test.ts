import { describe, expect, it } from 'vitest';
import { type Chord, chordText, matches, type Press } from './chord';

const press = (change: Partial<Press>): Press => ({
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  key: '',
  code: '',
  ...change,
});
const altA: Chord = { alt: true, key: 'a' };

describe('chords', () => {
  it('match the letter, in either case', () => {
    expect(matches(altA, press({ altKey: true, key: 'a', code: 'KeyA' }))).toBe(true);
    expect(matches(altA, press({ altKey: true, key: 'A', code: 'KeyA' }))).toBe(true);
  });

  it('match by place where Alt writes another letter, as on a Mac', () => {
    expect(matches(altA, press({ altKey: true, key: 'å', code: 'KeyA' }))).toBe(true);
  });

  it('follow the letter on keyboards that are arranged differently', () => {
    expect(matches(altA, press({ altKey: true, key: 'a', code: 'KeyQ' }))).toBe(true);
    expect(matches(altA, press({ altKey: true, key: 'q', code: 'KeyA' }))).toBe(false);
  });

  it('leave AltGr, shortcuts of the system and plain typing alone', () => {
    expect(matches(altA, press({ altKey: true, ctrlKey: true, key: 'a', code: 'KeyA' }))).toBe(
      false,
    );
    expect(matches(altA, press({ altKey: true, metaKey: true, key: 'a', code: 'KeyA' }))).toBe(
      false,
    );
    expect(matches(altA, press({ altKey: true, shiftKey: true, key: 'A', code: 'KeyA' }))).toBe(
      false,
    );
    expect(matches(altA, press({ key: 'a', code: 'KeyA' }))).toBe(false);
  });

  it('know Enter and the question mark', () => {
    const altEnter: Chord = { alt: true, key: 'Enter' };
    expect(matches(altEnter, press({ altKey: true, key: 'Enter', code: 'Enter' }))).toBe(true);
    expect(matches(altEnter, press({ key: 'Enter', code: 'Enter' }))).toBe(false);
    const question: Chord = { alt: false, key: '?' };
    expect(matches(question, press({ shiftKey: true, key: '?', code: 'Slash' }))).toBe(true);
  });

  it('know Ctrl, or the command key of a Mac, alone', () => {
    const undo: Chord = { alt: false, ctrl: true, key: 'z' };
    expect(matches(undo, press({ ctrlKey: true, key: 'z', code: 'KeyZ' }))).toBe(true);
    expect(matches(undo, press({ metaKey: true, key: 'z', code: 'KeyZ' }))).toBe(true);
    expect(matches(undo, press({ ctrlKey: true, shiftKey: true, key: 'Z' }))).toBe(false);
    expect(matches(undo, press({ ctrlKey: true, altKey: true, key: 'z' }))).toBe(false);
    expect(matches(undo, press({ key: 'z', code: 'KeyZ' }))).toBe(false);
  });

  it('are spelled one way', () => {
    expect(chordText({ alt: false, ctrl: true, key: 'z' })).toBe('Ctrl+Z');
    expect(chordText(altA)).toBe('Alt+A');
    expect(chordText({ alt: true, key: 'Enter' })).toBe('Alt+Enter');
    expect(chordText({ alt: false, key: '?' })).toBe('?');
  });
});
