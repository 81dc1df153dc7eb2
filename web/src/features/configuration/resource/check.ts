// What can be said about a draft before the server is asked, in the server's words.
import { type Errors, type Fault, type Field, fieldsOf, type Section } from './spec';

export function check<T>(sections: readonly Section<T>[], draft: T, isNew: boolean): Errors {
  const faults = fieldsOf(sections).flatMap((field) =>
    faultsOf(field, draft, isNew).map(({ path, message }) => [join(field.key, path), message]),
  );
  // The first word about a field stays.
  return Object.fromEntries(faults.reverse());
}

/** `rings` and `[0].afterMs` make `rings[0].afterMs`. */
function join(key: string, path: string): string {
  return path === '' || path.startsWith('[') ? key + path : `${key}.${path}`;
}

/** The messages below one field, relative to it. */
export function errorsAt(errors: Errors, key: string): Errors {
  const below = Object.entries(errors).flatMap(([path, message]) => {
    if (path === key) return [['', message]];
    if (!path.startsWith(key) || !/^[.[]/.test(path.slice(key.length))) return [];
    return [[path.slice(key.length).replace(/^\./, ''), message]];
  });
  return Object.fromEntries(below);
}

/** Messages that belong to no field of the form. */
export function elsewhere<T>(errors: Errors, sections: readonly Section<T>[]): [string, string][] {
  const keys = fieldsOf(sections).map(({ key }) => key);
  const shown = (path: string) =>
    keys.some((key) => Object.keys(errorsAt({ [path]: '' }, key)).length > 0);
  return Object.entries(errors).filter(([path]) => !shown(path));
}

function faultsOf<T>(field: Field<T>, draft: T, isNew: boolean): Fault[] {
  const value: unknown = draft[field.key];
  switch (field.kind) {
    case 'text':
      return own(textFault(value as string, field.max));
    case 'number':
      return own(rangeFault(value as number, field.min, field.max));
    case 'duration':
      return own(atLeast(value as number, field.min));
    case 'reference':
      return own(value === null && field.none === undefined ? 'Choose one.' : null);
    case 'own':
      return field.check?.(value as never, draft, isNew) ?? [];
    case 'toggle':
    case 'choice':
    case 'references':
      return [];
  }
}

function own(message: string | null): Fault[] {
  return message === null ? [] : [{ path: '', message }];
}

export function textFault(value: string, max: number): string | null {
  if (value.trim() === '') return 'Is empty.';
  return [...value].length > max ? `Is longer than ${max} characters.` : null;
}

/** A whole number within bounds; what was typed and is none arrives as NaN. */
export function rangeFault(value: number, min: number, max: number): string | null {
  const fits = Number.isInteger(value) && value >= min && value <= max;
  return fits ? null : `Must be a whole number, ${min} to ${max.toLocaleString('en-US')}.`;
}

function atLeast(ms: number, min: number): string | null {
  if (!Number.isFinite(ms) || ms < 0) return 'Must be a number, 0 or more.';
  return ms < min ? `Must be at least ${min / 1000} s.` : null;
}
