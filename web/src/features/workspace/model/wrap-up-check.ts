// Whether a wrap-up may be completed, and if not, the sentence that says what is missing.
import type { TransactionCode, WrapUp } from '@/contract/types';
import type { Draft } from './draft';

/** Null when complete; otherwise names the lists to choose from. */
export function whatIsMissing(wrapUp: WrapUp, draft: Draft): string | null {
  const known = new Set(wrapUp.codes.map((code) => code.id));
  if (!wrapUp.codesRequired || draft.codes.some((code) => known.has(code))) return null;
  const lists = listNames(wrapUp.codes);
  const names =
    lists.length === 0 ? 'the transaction codes' : lists.map((name) => `“${name}”`).join(' or ');
  return `Choose at least one code from ${names} before completing.`;
}

/** Top-level codes that have codes below them: those are the lists. */
export function listNames(codes: readonly TransactionCode[]): string[] {
  const parents = new Set(codes.map((code) => code.parent));
  return codes
    .filter((code) => code.parent == null && parents.has(code.id))
    .map((code) => code.text);
}
