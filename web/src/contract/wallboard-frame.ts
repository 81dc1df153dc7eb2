// Reads one text frame of the wallboard's socket; anything unexpected is null, never half accepted.
import type { WallboardFrame } from './types';

export function parseWallboardFrame(text: string): WallboardFrame | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  return isFrame(value) ? value : null;
}

function isFrame(value: unknown): value is WallboardFrame {
  if (typeof value !== 'object' || value === null) return false;
  const frame = value as Partial<Record<string, unknown>>;
  if (!Number.isSafeInteger(frame['position']) || typeof frame['now'] !== 'number') return false;
  switch (frame['type']) {
    case 'heartbeat':
      return true;
    case 'changes':
      return Array.isArray(frame['queues']) && Array.isArray(frame['agents']);
    case 'wallboard':
      return typeof frame['wallboard'] === 'object' && frame['wallboard'] !== null;
    default:
      return false;
  }
}
