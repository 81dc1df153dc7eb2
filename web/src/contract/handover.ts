// Calls of /handover/v1: secrets behind a link that opens once. They work without a session.
import { send } from './client';

export interface Look {
  title: string;
  needsPassphrase: boolean;
  expiresAt: number;
}

export interface Opened {
  title: string;
  items: { label: string; value: string }[];
}

/** What is known before it is opened. Opens nothing. */
export const look = (token: string) => send<Look>('POST', '/handover/v1/look', { body: { token } });

/** Opens it: it cannot be opened again. */
export const open = (token: string, passphrase: string) =>
  send<Opened>('POST', '/handover/v1/open', {
    body: passphrase === '' ? { token } : { token, passphrase },
  });
