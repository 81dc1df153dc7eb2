// What is said at the place where something was done: a refusal, or how a line ended. One sentence at a
// time, gone with the next attempt there.
import { create } from 'zustand';

/** The dial dialog; any other place is an interaction. */
export const DIAL = 'dial';

interface ToldStore {
  told: { place: string; text: string } | null;
}

export const useTold = create<ToldStore>()(() => ({ told: null }));

export function tell(place: string, text: string): void {
  useTold.setState({ told: { place, text } });
}

export function untell(place: string): void {
  if (useTold.getState().told?.place === place) useTold.setState({ told: null });
}

export function useToldAt(place: string): string | null {
  return useTold(({ told }) => (told?.place === place ? told.text : null));
}
