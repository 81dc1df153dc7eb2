// Two versions of a setting, compared field by field, in words.
import { type Field, fieldsOf, type Names, type Section } from './spec';

export interface Difference {
  key: string;
  label: string;
  before: string;
  theirs: string;
  mine: string;
  /** Both changed it, and not alike. */
  clash: boolean;
}

export function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** What somebody else changed since `before`, beside what is in the form. */
export function differences<T>(
  sections: readonly Section<T>[],
  versions: { before: T; theirs: T; mine: T },
  names: Names,
): Difference[] {
  const { before, theirs, mine } = versions;
  return fieldsOf(sections)
    .filter(({ key }) => !same(before[key], theirs[key]))
    .map((field) => ({
      key: field.key,
      label: field.label,
      before: inWords(field, before, names),
      theirs: inWords(field, theirs, names),
      mine: inWords(field, mine, names),
      clash: !same(before[field.key], mine[field.key]) && !same(mine[field.key], theirs[field.key]),
    }));
}

/** Theirs, with what I changed on top. */
export function onTop<T extends object>(before: T, theirs: T, mine: T): T {
  const changed = Object.entries(mine).filter(
    ([key, value]) => !same((before as Record<string, unknown>)[key], value),
  );
  return { ...theirs, ...Object.fromEntries(changed) };
}

export function inWords<T>(field: Field<T>, from: T, names: Names): string {
  const value: unknown = from[field.key];
  switch (field.kind) {
    case 'text':
    case 'number':
      return String(value);
    case 'duration':
      return field.unit === 'day'
        ? `${(value as number) / 86_400_000} days`
        : `${(value as number) / 1000} s`;
    case 'toggle':
      return value === true ? 'yes' : 'no';
    case 'choice':
      return field.options.find((option) => option.value === value)?.label ?? String(value);
    case 'reference':
      return value === null ? (field.none ?? 'none') : names(field.to, value as string | number);
    case 'references': {
      const all = (value as (string | number)[]).map((id) => names(field.to, id));
      return all.length === 0 ? 'none' : all.join(', ');
    }
    case 'own':
      return field.words?.(value as never, names) ?? JSON.stringify(value);
  }
}
