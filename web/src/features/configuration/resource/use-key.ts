// The idempotency key of something that is being made: the same again for the same, until it was answered.
import { useRef } from 'react';
import { idempotencyKey } from '@/contract/client';

export interface Key {
  /** A retry of the same body carries the same key. */
  of: (body: object) => string;
  /** The server answered for good: the next one is another, even if it looks the same. */
  forget: () => void;
}

export function useKey(): Key {
  const sent = useRef({ body: '', key: '' });
  const of = (body: object) => {
    const text = JSON.stringify(body);
    if (sent.current.body !== text) sent.current = { body: text, key: idempotencyKey() };
    return sent.current.key;
  };
  const forget = () => {
    sent.current = { body: '', key: '' };
  };
  return { of, forget };
}
