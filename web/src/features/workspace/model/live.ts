// The live picture: the server's state, and how sure we are of it.
import { create } from 'zustand';
import type { ApiError } from '@/contract/api-error';
import type { Change, State } from '@/contract/types';
import { FIRST_LINK, type Link, type LinkEvent, nextLink } from '@/lib/link';

export interface CatchUp {
  missed: number;
  changes: Change[];
}

interface LiveStore {
  state: State | null;
  link: Link;
  /** What happened during the last break, until it is dismissed. */
  catchUp: CatchUp | null;
  /** Why there is no first state yet. */
  loadError: ApiError | null;
}

const FIRST: LiveStore = { state: null, link: FIRST_LINK, catchUp: null, loadError: null };

export const useLive = create<LiveStore>()(() => FIRST);

export function linkEvent(event: LinkEvent): void {
  useLive.setState(({ link }) => ({ link: nextLink(link, event) }));
}

export function resetLive(): void {
  useLive.setState(FIRST);
}
