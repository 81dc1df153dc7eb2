// Browser storage that may be absent or full (private windows, policies): reads then answer null.

export function read(storage: 'local' | 'session', key: string): string | null {
  try {
    return area(storage).getItem(`cordboard.${key}`);
  } catch {
    return null;
  }
}

/** Writes, or removes when `value` is null. Answers whether it is kept. */
export function write(storage: 'local' | 'session', key: string, value: string | null): boolean {
  try {
    if (value === null) area(storage).removeItem(`cordboard.${key}`);
    else area(storage).setItem(`cordboard.${key}`, value);
    return true;
  } catch {
    return false;
  }
}

function area(storage: 'local' | 'session'): Storage {
  return storage === 'local' ? window.localStorage : window.sessionStorage;
}
