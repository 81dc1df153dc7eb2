// Credentials made on this visit, so that they can be handed over. In memory only, gone when the page is.
import { create } from 'zustand';
import type { Secret } from './wire';

export const useJustMade = create<{ secrets: readonly Secret[] }>()(() => ({ secrets: [] }));

/** Adds, or replaces what was made under the same name before: that one is dead. */
export function keepSecret(secret: Secret): void {
  useJustMade.setState(({ secrets }) => {
    const others = secrets.filter(({ label }) => label !== secret.label);
    return { secrets: [...others, secret] };
  });
}

export function forgetSecrets(): void {
  useJustMade.setState({ secrets: [] });
}
