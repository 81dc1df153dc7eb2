// What this agent is looking at. Nothing here is known to the server.
import { create } from 'zustand';
import { read, write } from '@/lib/storage';

/** What asks for attention over the page. */
export type Surface =
  | { kind: 'none' | 'status' | 'keys' | 'dial' }
  | { kind: 'reject' | 'transfer'; interactionId: string };

export const CLOSED: Surface = { kind: 'none' };

interface UiStore {
  selectedId: string | null;
  surface: Surface;
  /** Requests under way, by `requestKey`. */
  inFlight: ReadonlySet<string>;
}

export const useUi = create<UiStore>()(() => ({
  selectedId: read('session', 'selected'),
  surface: CLOSED,
  inFlight: new Set(),
}));

export function select(interactionId: string | null): void {
  write('session', 'selected', interactionId);
  useUi.setState({ selectedId: interactionId });
}

export function open(surface: Surface): void {
  useUi.setState({ surface });
}

export function setInFlight(key: string, on: boolean): void {
  useUi.setState(({ inFlight }) => {
    const next = new Set(inFlight);
    if (on) next.add(key);
    else next.delete(key);
    return { inFlight: next };
  });
}
