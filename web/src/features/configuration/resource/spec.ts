// What a kind of setting says about itself: its columns and the fields of its form. The screens read nothing else.
import type { ComponentType } from 'react';
import type { Id, Item, ResourceName, Resources } from '@/contract/admin';

/** Messages by the path of the field they belong to, as the server names it: `rings[0].afterMs`. */
export type Errors = Readonly<Record<string, string>>;

/** Keys of T whose values are V. */
type KeyOf<T, V> = { [K in keyof T]-?: T[K] extends V ? K : never }[keyof T] & string;

/** What a control of the form gets. Its errors are relative to the field; the field's own has no name. */
export interface ControlProps<V> {
  label: string;
  hint?: string | undefined;
  value: V;
  onChange: (value: V) => void;
  errors: Errors;
}

/** One thing wrong with a value, relative to its field. */
export interface Fault {
  path: string;
  message: string;
}

interface Common {
  label: string;
  hint?: string;
  /** Can be said only of a new one. */
  onlyNew?: boolean;
}

export interface Option<V extends string> {
  value: V;
  label: string;
}

interface TextOf<T> extends Common {
  kind: 'text';
  key: KeyOf<T, string>;
  max: number;
  /** What a browser may fill in, and which keyboard a phone shows. */
  type?: 'email' | 'url' | 'tel';
}

interface NumberOf<T> extends Common {
  kind: 'number';
  key: KeyOf<T, number>;
  min: number;
  max: number;
}

interface DurationOf<T> extends Common {
  kind: 'duration';
  key: KeyOf<T, number>;
  unit: 'second' | 'day';
  /** Milliseconds. */
  min: number;
}

interface ToggleOf<T> extends Common {
  kind: 'toggle';
  key: KeyOf<T, boolean>;
}

interface ChoiceOf<T> extends Common {
  kind: 'choice';
  key: KeyOf<T, string>;
  options: readonly Option<string>[];
}

interface ReferenceOf<T> extends Common {
  kind: 'reference';
  key: KeyOf<T, Id | null>;
  to: ResourceName;
  /** Words for none; without them one must be chosen. */
  none?: string;
}

interface ReferencesOf<T> extends Common {
  kind: 'references';
  key: KeyOf<T, Id[]>;
  to: ResourceName;
}

/** A control of its own, for what only one kind of setting has. */
interface OwnOf<T, K extends keyof T & string> extends Common {
  kind: 'own';
  key: K;
  control: ComponentType<ControlProps<T[K]>>;
  check?: (value: T[K], draft: T, isNew: boolean) => Fault[];
  /** The value in words, for differences. */
  words?: (value: T[K], names: Names) => string;
  /** What the value names, so that a deletion can be warned of. */
  names?: (value: T[K]) => { to: ResourceName; id: Id }[];
}

type AnyOwnOf<T> = { [K in keyof T & string]-?: OwnOf<T, K> }[keyof T & string];

export type Field<T> =
  | TextOf<T>
  | NumberOf<T>
  | DurationOf<T>
  | ToggleOf<T>
  | ChoiceOf<T>
  | ReferenceOf<T>
  | ReferencesOf<T>
  | AnyOwnOf<T>;

export interface Section<T> {
  title: string;
  fields: readonly Field<T>[];
}

/** Names of settings by kind and id, for columns and differences. */
export type Names = (to: ResourceName, id: Id) => string;

export interface Column<T> {
  label: string;
  /** What is shown, searched and sorted by; numbers sort as numbers. */
  value: (item: Item<T>, names: Names) => string | number;
}

export interface Spec<R extends ResourceName = ResourceName> {
  resource: R;
  /** As on the screen: "Queues", "queue". */
  title: string;
  one: string;
  /** One sentence for those who see it for the first time. */
  about: string;
  /** The first is the name, and leads to the item. */
  columns: readonly Column<Resources[R]>[];
  sections: readonly Section<Resources[R]>[];
  /** What a new one begins with. */
  fresh: Resources[R];
  /** Kinds whose names the columns and fields show. */
  refersTo: readonly ResourceName[];
  /** The item above, where items form a tree. */
  parentOf?: (item: Resources[R]) => Id | null;
  /** More about one item, below its form. */
  Extra?: ComponentType<{ item: Item<Resources[R]> }>;
}

/** The sections as the form of a new setting, or of one that exists, shows them. */
export function sectionsFor<T>(sections: readonly Section<T>[], isNew: boolean): Section<T>[] {
  return sections.map(({ title, fields }) => ({
    title,
    fields: fields.filter(({ onlyNew = false }) => isNew || !onlyNew),
  }));
}

export function fieldsOf<T>(sections: readonly Section<T>[]): Field<T>[] {
  return sections.flatMap(({ fields }) => fields);
}
