// Reads one text frame of the workspace socket; anything unexpected is null, never half accepted.
import type { Frame } from './types';

export function parseFrame(text: string): Frame | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  return isFrame(value) ? value : null;
}

function isFrame(value: unknown): value is Frame {
  if (typeof value !== 'object' || value === null) return false;
  const frame = value as Partial<Record<string, unknown>>;
  if (!Number.isSafeInteger(frame['position']) || typeof frame['now'] !== 'number') return false;
  if (frame['type'] === 'heartbeat') return true;
  if (frame['type'] !== 'state') return false;
  return (
    typeof frame['missed'] === 'number' &&
    Array.isArray(frame['changes']) &&
    typeof frame['state'] === 'object' &&
    frame['state'] !== null
  );
}
