// Text from callers and web forms. Nothing in it may hide, reorder its surroundings or flood the page.

/** Longer values are cut here, in characters a person would count, with a "more" control. */
export const CLIP_LENGTH = 160;
const CLIP_LINES = 4;

export type Segment =
  | { kind: 'text'; text: string }
  | { kind: 'mark'; label: string; name: string };

const NAMES: Record<number, string> = {
  173: 'soft hyphen',
  1564: 'Arabic letter mark',
  8203: 'zero-width space',
  8204: 'zero-width non-joiner',
  8205: 'zero-width joiner',
  8206: 'left-to-right mark',
  8207: 'right-to-left mark',
  8234: 'left-to-right embedding',
  8235: 'right-to-left embedding',
  8236: 'end of direction change',
  8237: 'left-to-right override',
  8238: 'right-to-left override',
  8288: 'word joiner',
  8294: 'left-to-right isolate',
  8295: 'right-to-left isolate',
  8296: 'first strong isolate',
  8297: 'end of isolate',
  65279: 'byte order mark',
};

/** Controls, format characters and separators: every character that changes text without being seen. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}\u115f\u1160\u3164\uffa0]/u;
const SPLIT = /([\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}\u115f\u1160\u3164\uffa0])/u;

/** Cuts text into plain runs and marks for the characters that cannot be seen. */
export function segments(text: string): Segment[] {
  const parts = text.replaceAll('\r\n', '\n').split(SPLIT);
  const result: Segment[] = [];
  parts.forEach((part, index) => {
    if (part === '') return;
    const mark =
      index % 2 === 1 && !isHarmless(part, parts[index - 1] ?? '', parts[index + 1] ?? '');
    const last = result.at(-1);
    if (mark) result.push(markOf(part));
    else if (last?.kind === 'text') last.text += part;
    else result.push({ kind: 'text', text: part });
  });
  return result;
}

/** Line breaks and tabs are layout; joiners are part of emoji and of several scripts. */
function isHarmless(character: string, before: string, after: string): boolean {
  if (character === '\n' || character === '\t') return true;
  if (character !== '\u200d' && character !== '\u200c') return false;
  const emoji = /(?:[\p{Extended_Pictographic}\p{Emoji_Modifier}]|\ufe0f)$/u.test(before);
  if (emoji) return character === '\u200d' && /^\p{Extended_Pictographic}/u.test(after);
  const joining =
    /[\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Malayalam}\p{Script=Sinhala}]/u;
  return joining.test(before.slice(-1)) && joining.test(after.slice(0, 1));
}

function markOf(character: string): Segment {
  const code = character.codePointAt(0) ?? 0;
  const label = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  return { kind: 'mark', label, name: NAMES[code] ?? 'character that cannot be seen' };
}

export function hasInvisible(text: string): boolean {
  return INVISIBLE.test(text);
}

export interface Clip {
  head: string;
  /** Characters left out, 0 when nothing was. */
  hidden: number;
}

/** The first `CLIP_LENGTH` characters or `CLIP_LINES` lines, never half an emoji or accent. */
export function clip(text: string): Clip {
  const all = Array.from(graphemes.segment(text), (part) => part.segment);
  let lines = 0;
  let end = 0;
  for (; end < Math.min(all.length, CLIP_LENGTH); end++) {
    if (all[end]?.includes('\n') && ++lines >= CLIP_LINES) break;
  }
  const hidden = all.length - end;
  // Cutting off less than a dozen characters costs more than it saves.
  if (hidden === 0 || (hidden < 12 && lines < CLIP_LINES)) return { head: text, hidden: 0 };
  end = lines < CLIP_LINES ? wordEnd(all, end) : end;
  return { head: all.slice(0, end).join(''), hidden: all.length - end };
}

/** The nearest blank before `end`, unless that would cost more than a long word. */
function wordEnd(all: readonly string[], end: number): number {
  const blank = all.lastIndexOf(' ', end);
  return blank > end - 20 ? blank : end;
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
