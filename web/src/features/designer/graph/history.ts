// Undo and redo over immutable drawings.
import type { Drawing } from './flow';

interface Step {
  readonly drawing: Drawing;
  /** What was done between this drawing and the next. */
  readonly words: string;
}

export interface History {
  readonly past: readonly Step[];
  readonly present: Drawing;
  readonly future: readonly Step[];
  /** Edits of the same run (typing in one field) are undone as one. */
  readonly run: string | null;
}

/** So many steps can be undone; older ones are forgotten. */
export const STEPS_MAX = 200;

export function begin(drawing: Drawing): History {
  return { past: [], present: drawing, future: [], run: null };
}

/** Records a change; nothing is recorded when there is none. */
export function record(
  history: History,
  next: Drawing,
  words: string,
  run: string | null = null,
): History {
  if (next === history.present) return history;
  if (run !== null && run === history.run) return { ...history, present: next, future: [] };
  const past = [...history.past, { drawing: history.present, words }].slice(-STEPS_MAX);
  return { past, present: next, future: [], run };
}

/** Ends a run: the next edit is a step of its own. */
export function seal(history: History): History {
  return history.run === null ? history : { ...history, run: null };
}

export function undo(history: History): History {
  const last = history.past.at(-1);
  if (last === undefined) return history;
  const future = [{ drawing: history.present, words: last.words }, ...history.future];
  return { past: history.past.slice(0, -1), present: last.drawing, future, run: null };
}

export function redo(history: History): History {
  const [next, ...future] = history.future;
  if (next === undefined) return history;
  const past = [...history.past, { drawing: history.present, words: next.words }];
  return { past, present: next.drawing, future, run: null };
}
