import { describe, expect, it } from 'vitest';
import { wrapUp } from '@/testing/state';
import { codeGroups, codePath } from './code-tree';
import { EMPTY_DRAFT } from './draft';
import { whatIsMissing } from './wrap-up-check';

const codes = [
  { id: 1, text: 'Reason for call', parent: null },
  { id: 2, text: 'Order', parent: 1 },
  { id: 3, text: 'Where is my order', parent: 2 },
  { id: 4, text: 'Refund', parent: 2 },
  { id: 5, text: 'Other', parent: 1 },
  { id: 6, text: 'Mood', parent: null },
  { id: 7, text: 'Happy', parent: 6 },
];
const titles = (search: string) =>
  codeGroups(codes, search).map(
    ({ title, codes }) => `${title}: ${codes.map((code) => code.text)}`,
  );

describe('transaction codes', () => {
  it('are read as lists of what can be chosen', () => {
    expect(titles('')).toEqual([
      'Reason for call › Order: Where is my order,Refund',
      'Reason for call: Other',
      'Mood: Happy',
    ]);
  });

  it('are found by their own name or a name above them, in any order of words', () => {
    expect(titles('refund')).toEqual(['Reason for call › Order: Refund']);
    expect(titles('ORDER where')).toEqual(['Reason for call › Order: Where is my order']);
    expect(titles('mood')).toEqual(['Mood: Happy']);
    expect(titles('nothing like this')).toEqual([]);
  });

  it('have a path, even when the data is a loop', () => {
    expect(codePath({ id: 4, text: 'Refund', parent: 2 }, codes)).toBe(
      'Reason for call › Order › Refund',
    );
    const loop = [
      { id: 1, text: 'A', parent: 2 },
      { id: 2, text: 'B', parent: 1 },
    ];
    expect(codePath({ id: 3, text: 'C', parent: 1 }, loop)).toMatch(/› C$/);
  });
});

describe('completing', () => {
  it('names the lists that still want a code', () => {
    const missing = whatIsMissing(wrapUp({ codes, codesRequired: true }), EMPTY_DRAFT);
    expect(missing).toBe(
      'Choose at least one code from “Reason for call” or “Mood” before completing.',
    );
    const flat = [{ id: 9, text: 'Done', parent: null }];
    expect(whatIsMissing(wrapUp({ codes: flat, codesRequired: true }), EMPTY_DRAFT)).toBe(
      'Choose at least one code from the transaction codes before completing.',
    );
  });

  it('is free when nothing is mandatory or a code is chosen', () => {
    expect(whatIsMissing(wrapUp({ codes }), EMPTY_DRAFT)).toBeNull();
    const draft = { ...EMPTY_DRAFT, codes: [3] };
    expect(whatIsMissing(wrapUp({ codes, codesRequired: true }), draft)).toBeNull();
  });

  it('does not count a code the center has meanwhile removed', () => {
    const draft = { ...EMPTY_DRAFT, codes: [99] };
    expect(whatIsMissing(wrapUp({ codes, codesRequired: true }), draft)).not.toBeNull();
  });
});
