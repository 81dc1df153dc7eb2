import { describe, expect, it } from 'vitest';
import { CLIP_LENGTH, clip, segments } from './untrusted';

const seen = (text: string) =>
  segments(text)
    .map((part) => (part.kind === 'text' ? part.text : `[${part.label}]`))
    .join('');

describe('untrusted text', () => {
  it('shows what reorders or hides', () => {
    expect(seen('invoice\u202Efdp.exe')).toBe('invoice[U+202E]fdp.exe');
    expect(seen('\u2066a\u2069')).toBe('[U+2066]a[U+2069]');
    expect(seen('pay\u200Bpal')).toBe('pay[U+200B]pal');
    expect(seen('a\u0000b\u001bc\rd')).toBe('a[U+0000]b[U+001B]c[U+000D]d');
    expect(seen('tag\u{E0041}')).toBe('tag[U+E0041]');
    expect(seen('\u3164')).toBe('[U+3164]');
    expect(seen('\ud800')).toBe('[U+D800]');
  });

  it('names the character for those who ask', () => {
    expect(segments('\u202E')).toEqual([
      { kind: 'mark', label: 'U+202E', name: 'right-to-left override' },
    ]);
  });

  it('leaves alone what people write', () => {
    for (const text of [
      'a\nb\tc',
      'a\r\nb',
      'שלום',
      'é',
      '👨‍👩‍👧',
      '🏳️‍🌈',
      '👩🏽‍🚀',
      'می‌خواهم',
      'क्‍ष',
      '<b>',
    ]) {
      expect(seen(text)).toBe(text.replace('\r\n', '\n'));
    }
  });

  it('does not let a joiner hide between letters', () => {
    expect(seen('pay\u200Dpal')).toBe('pay[U+200D]pal');
    expect(seen('a\u200C')).toBe('a[U+200C]');
  });
});

describe('clipping', () => {
  it('keeps what is short', () => {
    expect(clip('short')).toEqual({ head: 'short', hidden: 0 });
    expect(clip('x'.repeat(CLIP_LENGTH + 11)).hidden).toBe(0);
  });

  it('cuts what is long, at a word, and says how much is left', () => {
    const { head, hidden } = clip('word '.repeat(200));
    expect(head.endsWith('word')).toBe(true);
    expect([...head].length + hidden).toBe(1_000);
    expect(head.length).toBeLessThanOrEqual(CLIP_LENGTH);
  });

  it('never cuts an emoji or an accent in half', () => {
    const { head } = clip('👨‍👩‍👧'.repeat(300));
    expect(head).toBe('👨‍👩‍👧'.repeat(CLIP_LENGTH));
    expect(clip(`${'x'.repeat(CLIP_LENGTH - 1)}é${'y'.repeat(50)}`).head.endsWith('é')).toBe(true);
  });

  it('cuts many lines', () => {
    expect(clip('a\n'.repeat(40))).toEqual({ head: 'a\na\na\na', hidden: 73 });
  });
});
