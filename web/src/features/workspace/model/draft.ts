// A wrap-up being written. The server keeps it from the first second of the talk; this page holds only
// what it has not told the server yet, and nothing of it outlives the page.
import { create } from 'zustand';
import type { Work } from '@/contract/types';
import { useLive } from './live';
import { findWork } from './place';

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
  /** What the server does not have yet, by interaction. */
  unsaved: Readonly<Record<string, Draft>>;
  /** Interactions whose last attempt to save failed. */
  failed: ReadonlySet<string>;
}

const NOTHING: DraftStore = { unsaved: {}, failed: new Set() };

export const useDrafts = create<DraftStore>()(() => NOTHING);

/** What is written so far: what this page has not saved, else what the server has. */
export function draftOf(interactionId: string): Draft {
  const unsaved = useDrafts.getState().unsaved[interactionId];
  return unsaved ?? savedDraft(findWork(useLive.getState().state, interactionId));
}

export function useDraft(work: Work): Draft {
  const unsaved = useDrafts((store) => store.unsaved[work.interactionId]);
  return unsaved ?? savedDraft(work);
}

export function savedDraft(work: Work | null): Draft {
  const draft = work?.wrapUp?.draft;
  return draft === undefined ? EMPTY_DRAFT : { ...draft, note: draft.note ?? '' };
}

export function changeDraft(interactionId: string, change: Partial<Draft>): void {
  const draft = { ...draftOf(interactionId), ...change };
  useDrafts.setState(({ unsaved }) => ({ unsaved: { ...unsaved, [interactionId]: draft } }));
}

/** The server has this draft. What was written meanwhile is still unsaved. */
export function draftSaved(interactionId: string, draft: Draft): void {
  if (useDrafts.getState().unsaved[interactionId] === draft) forgetDraft(interactionId);
  else markFailed(interactionId, false);
}

export function draftFailed(interactionId: string): void {
  markFailed(interactionId, true);
}

export function forgetDraft(interactionId: string): void {
  markFailed(interactionId, false);
  useDrafts.setState(({ unsaved: { [interactionId]: _, ...unsaved } }) => ({ unsaved }));
}

/** Notes speak of customers: nothing of them stays after signing out. */
export function forgetAllDrafts(): void {
  useDrafts.setState(NOTHING);
}

function markFailed(interactionId: string, failed: boolean): void {
  if (useDrafts.getState().failed.has(interactionId) === failed) return;
  useDrafts.setState((store) => {
    const next = new Set(store.failed);
    if (failed) next.add(interactionId);
    else next.delete(interactionId);
    return { failed: next };
  });
}
