// What is in a link that is being made, and making it.
import { useState } from 'react';
import { forgetSecrets, useJustMade } from './just-made';
import { type Act, useAct } from './use-act';
import { makeSecretLink, type NewLink, type Secret } from './wire';

export interface Wish {
  title: string;
  lastsMs: number;
  /** Empty is none. */
  passphrase: string;
}

export interface HandOver {
  wish: Wish;
  change: (change: Partial<Wish>) => void;
  /** Made on this visit. */
  gathered: readonly Secret[];
  /** Labels of those that stay out. */
  leftOut: ReadonlySet<string>;
  include: (label: string, on: boolean) => void;
  /** Written by hand. */
  added: readonly Secret[];
  setAdded: (added: readonly Secret[]) => void;
  /** How many are in it. */
  size: number;
  /** The link, once it is made. */
  url: string | null;
  act: Act;
  make: () => Promise<void>;
}

const FRESH: Wish = { title: 'Integration credentials', lastsMs: 86_400_000, passphrase: '' };

export function useHandOver(onMade: () => void): HandOver {
  const gathered = useJustMade((store) => store.secrets);
  const [leftOut, setLeftOut] = useState<ReadonlySet<string>>(new Set());
  const [added, setAdded] = useState<readonly Secret[]>([]);
  const [wish, setWish] = useState(FRESH);
  const [url, setUrl] = useState<string | null>(null);
  const act = useAct();
  const items = [...gathered.filter(({ label }) => !leftOut.has(label)), ...added];
  const include = (label: string, on: boolean) => {
    const others = [...leftOut].filter((each) => each !== label);
    setLeftOut(new Set(on ? others : [...others, label]));
  };
  const make = async () => {
    const { title, lastsMs, passphrase } = wish;
    const secret = passphrase === '' ? {} : { passphrase };
    const body: NewLink = { title, items, expiresInMs: lastsMs, ...secret };
    const answer = await act.make(body, makeSecretLink);
    if (answer === null) return;
    setUrl(new URL(answer.url, window.location.origin).href);
    forgetSecrets();
    setAdded([]);
    setWish(FRESH);
    onMade();
  };
  const change = (next: Partial<Wish>) => setWish({ ...wish, ...next });
  const contents = { gathered, leftOut, include, added, setAdded, size: items.length };
  return { wish, change, ...contents, url, act, make };
}
