// JSON values, and changes deep inside one that leave the original as it was.

export type Json = null | boolean | number | string | readonly Json[] | JsonRecord;
export interface JsonRecord {
  readonly [key: string]: Json;
}
export type Path = readonly (string | number)[];

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

/** What stands at the path; inherited properties of JavaScript are not there. */
export function getIn(value: Json | undefined, path: Path): Json | undefined {
  let at = value;
  for (const key of path) {
    if (isList(at) && typeof key === 'number') at = at[key];
    else if (isRecord(at) && typeof key === 'string' && Object.hasOwn(at, key)) at = at[key];
    else return undefined;
  }
  return at;
}

/**
 * The same value with something else at the path; `undefined` takes the entry away. Objects on the
 * way are made when they are missing; a path through anything else changes nothing.
 */
export function setIn(value: Json, path: Path, next: Json | undefined): Json {
  const [key, ...rest] = path;
  if (key === undefined) return next ?? value;
  if (isList(value)) {
    if (typeof key !== 'number' || key < 0 || key > value.length) return value;
    if (rest.length === 0 && next === undefined) return value.filter((_, index) => index !== key);
    const entry = changed(value[key], rest, next);
    return entry === undefined ? value : [...value.slice(0, key), entry, ...value.slice(key + 1)];
  }
  if (!isRecord(value) || typeof key !== 'string') return value;
  if (rest.length === 0 && next === undefined) return without(value, key);
  const entry = changed(Object.hasOwn(value, key) ? value[key] : undefined, rest, next);
  return entry === undefined ? value : { ...value, [key]: entry };
}

function changed(value: Json | undefined, rest: Path, next: Json | undefined): Json | undefined {
  if (rest.length === 0) return next;
  if (value === undefined && next === undefined) return undefined;
  return setIn(value ?? (typeof rest[0] === 'number' ? [] : {}), rest, next);
}

function without(value: JsonRecord, key: string): JsonRecord {
  return Object.fromEntries(Object.entries(value).filter(([each]) => each !== key));
}

/** Equal as JSON: the order of an object's keys means nothing. */
export function sameJson(one: Json | undefined, other: Json | undefined): boolean {
  if (one === other) return true;
  if (isList(one) && isList(other)) {
    return one.length === other.length && one.every((each, i) => sameJson(each, other[i]));
  }
  if (!isRecord(one) || !isRecord(other)) return false;
  const keys = Object.keys(one);
  if (keys.length !== Object.keys(other).length) return false;
  return keys.every((key) => Object.hasOwn(other, key) && sameJson(one[key], other[key]));
}

/** `kind.split.shares[1].percent` as a path. */
export function pathOf(field: string): Path {
  const parts = field.match(/[^.[\]]+|\[\d+\]/g) ?? [];
  return parts.map((part) => (part.startsWith('[') ? Number(part.slice(1, -1)) : part));
}

/** A path as findings write it. */
export function fieldOf(path: Path): string {
  return path.reduce<string>((all, key) => {
    if (typeof key === 'number') return `${all}[${key}]`;
    return all === '' ? key : `${all}.${key}`;
  }, '');
}
