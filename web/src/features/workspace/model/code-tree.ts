// Transaction codes as they are read: groups of choosable codes, filtered by what was typed.
import type { TransactionCode } from '@/contract/types';

export interface CodeGroup {
  /** The path above the codes, "Billing › Refund"; empty for codes that stand alone. */
  title: string;
  codes: TransactionCode[];
}

/** A tree deeper than this is a loop in the data. */
const DEPTH_MAX = 8;

/** Only leaves can be chosen. A search matches a code's text or any name above it. */
export function codeGroups(codes: readonly TransactionCode[], search: string): CodeGroup[] {
  const byId = new Map(codes.map((code) => [code.id, code]));
  const parents = new Set(codes.map((code) => code.parent));
  const words = search.trim().toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const groups = new Map<string, CodeGroup>();
  for (const code of codes) {
    if (parents.has(code.id)) continue;
    const title = pathAbove(code, byId);
    const text = `${title} ${code.text}`.toLocaleLowerCase();
    if (!words.every((word) => text.includes(word))) continue;
    const group = groups.get(title) ?? { title, codes: [] };
    group.codes.push(code);
    groups.set(title, group);
  }
  return [...groups.values()];
}

export function codePath(code: TransactionCode, codes: readonly TransactionCode[]): string {
  const above = pathAbove(code, new Map(codes.map((each) => [each.id, each])));
  return above === '' ? code.text : `${above} › ${code.text}`;
}

function pathAbove(code: TransactionCode, byId: ReadonlyMap<number, TransactionCode>): string {
  const names: string[] = [];
  let parent = code.parent == null ? undefined : byId.get(code.parent);
  while (parent !== undefined && names.length < DEPTH_MAX) {
    names.unshift(parent.text);
    parent = parent.parent == null ? undefined : byId.get(parent.parent);
  }
  return names.join(' › ');
}
