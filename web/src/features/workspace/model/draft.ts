// A wrap-up being written. Kept per interaction in this tab, so a reload continues the same wrap-up.
import { create } from 'zustand';
import { keys, read, write } from '@/lib/storage';

/** 1000: no disposition, the choice that claims nothing. */
export const NO_DISPOSITION = 1000;
/** Longer notes are refused while typing, not after. */
export const NOTE_MAX = 4000;

export interface Draft {
  disposition: number;
  codes: number[];
  note: string;
}

export const EMPTY_DRAFT: Draft = { disposition: NO_DISPOSITION, codes: [], note: '' };

interface DraftStore {
  drafts: Record<string, Draft>;
  /** False when the browser refused to keep the last change. */
  kept: boolean;
}

export const useDrafts = create<DraftStore>()(() => ({ drafts: {}, kept: true }));

const PREFIX = 'draft.';

export function draftOf(interactionId: string): Draft {
  return useDrafts.getState().drafts[interactionId] ?? EMPTY_DRAFT;
}

export function changeDraft(interactionId: string, change: Partial<Draft>): void {
  const draft = { ...draftOf(interactionId), ...change };
  const kept = write('session', PREFIX + interactionId, JSON.stringify(draft));
  useDrafts.setState(({ drafts }) => ({ drafts: { ...drafts, [interactionId]: draft }, kept }));
}

export function dropDraft(interactionId: string): void {
  write('session', PREFIX + interactionId, null);
  useDrafts.setState(({ drafts }) => {
    const { [interactionId]: _, ...rest } = drafts;
    return { drafts: rest };
  });
}

/** Brings back what this tab wrote before it was reloaded. */
export function loadDrafts(): void {
  const drafts: Record<string, Draft> = {};
  for (const key of keys('session', PREFIX)) {
    const draft = parseDraft(read('session', key));
    if (draft !== null) drafts[key.slice(PREFIX.length)] = draft;
  }
  useDrafts.setState({ drafts, kept: true });
}

/** Notes speak of customers: nothing of them stays after signing out. */
export function dropAllDrafts(): void {
  for (const key of keys('session', PREFIX)) write('session', key, null);
  useDrafts.setState({ drafts: {}, kept: true });
}

function parseDraft(text: string | null): Draft | null {
  try {
    const value: Partial<Draft> | null = JSON.parse(text ?? 'null');
    if (value === null || typeof value.note !== 'string' || !Array.isArray(value.codes))
      return null;
    const codes = value.codes.filter((code) => Number.isInteger(code));
    return { disposition: Number(value.disposition) || NO_DISPOSITION, codes, note: value.note };
  } catch {
    return null;
  }
}
