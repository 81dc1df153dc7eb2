// Searching the documents: sections that have all the words, those with a word in their heading first.
import type { Document } from './document';

export interface Hit {
  document: string;
  documentTitle: string;
  id: string;
  title: string;
  /** Around the first word; every second part is a word that was looked for. */
  excerpt: string[];
}

const HITS_MAX = 60;
/** Characters of an excerpt before the first word, and in all. */
const BEFORE = 40;
const LENGTH = 160;

export function wordsOf(query: string): string[] {
  return query.toLowerCase().split(/\s+/).filter(Boolean);
}

export function find(documents: readonly Document[], query: string): Hit[] {
  const words = wordsOf(query);
  if (words.length === 0) return [];
  const ranked = documents.flatMap(({ name, title: documentTitle, sections }) =>
    sections.flatMap(({ id, title, text }) => {
      const heading = `${documentTitle} ${title}`.toLowerCase();
      const all = `${heading} ${text.toLowerCase()}`;
      if (!words.every((word) => all.includes(word))) return [];
      const rank = words.filter((word) => heading.includes(word)).length;
      return [
        {
          rank,
          hit: { document: name, documentTitle, id, title, excerpt: excerptOf(text, words) },
        },
      ];
    }),
  );
  return ranked
    .sort((a, b) => b.rank - a.rank)
    .slice(0, HITS_MAX)
    .map(({ hit }) => hit);
}

function excerptOf(text: string, words: readonly string[]): string[] {
  const lower = text.toLowerCase();
  const first = Math.min(...words.map((word) => lower.indexOf(word)).filter((at) => at >= 0));
  const near = Number.isFinite(first) ? Math.max(0, first - BEFORE) : 0;
  const from = near === 0 ? 0 : text.indexOf(' ', near) + 1;
  const end = from + LENGTH;
  const cut = `${from > 0 ? '… ' : ''}${text.slice(from, end)}${end < text.length ? ' …' : ''}`;
  const pattern = words.map((word) => word.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&')).join('|');
  return cut.split(new RegExp(`(${pattern})`, 'i'));
}
