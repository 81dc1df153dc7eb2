// What `?` tells about the page in front: its keys, and where the rules behind it are written down.
import { useEffect } from 'react';
import { create } from 'zustand';
import type { Chord } from './chord';

export interface HelpKey {
  label: string;
  chord: Chord;
}

/** A contract, a formula: what the page's numbers and words mean. */
export interface HelpLink {
  label: string;
  href: string;
}

export interface Help {
  keys?: readonly HelpKey[];
  links?: readonly HelpLink[];
}

interface HelpStore {
  opened: boolean;
  /** Of the page first, then of what lies on it. */
  parts: readonly Help[];
}

export const useHelp = create<HelpStore>()(() => ({ opened: false, parts: [] }));

export function openHelp(): void {
  useHelp.setState({ opened: true });
}

export function closeHelp(): void {
  useHelp.setState({ opened: false });
}

/** Adds to the sheet while the component is on the page. `help` is a constant, or memoised. */
export function useHelpOf(help: Help): void {
  useEffect(() => {
    useHelp.setState(({ parts }) => ({ parts: [...parts, help] }));
    return () =>
      useHelp.setState(({ parts }) => ({ parts: parts.filter((each) => each !== help) }));
  }, [help]);
}
