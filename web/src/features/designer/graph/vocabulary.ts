// What a designer knows beside the flow: kinds, operators, and the names behind ids.
import type { Json } from './json';
import type { KindDescription, Kinds } from './kinds';

export interface OperatorDescription {
  readonly operator: string;
  readonly title: string;
  readonly operandsMin: number;
  /** Absent when any number will do. */
  readonly operandsMax?: number;
  readonly ordering: boolean;
}

export interface CompareDescription {
  readonly compareAs: string;
  readonly title: string;
  readonly summary: string;
}

/** The palette as the server sends it. */
export interface Palette {
  readonly kinds: readonly KindDescription[];
  readonly operators: readonly OperatorDescription[];
  readonly compareAs: readonly CompareDescription[];
  readonly systemVariables: readonly string[];
}

export type PickKind = 'queue' | 'skill' | 'schedule' | 'script' | 'agent';

export interface Named {
  readonly id: Json;
  readonly name: string;
}

/** Everything a picker can choose, by what it picks. */
export type Names = Readonly<Record<PickKind, readonly Named[]>>;

export interface Vocabulary {
  readonly kinds: Kinds;
  readonly operators: ReadonlyMap<string, OperatorDescription>;
  readonly compareAs: readonly CompareDescription[];
  readonly systemVariables: readonly string[];
  readonly names: Names;
}

export const NO_NAMES: Names = { queue: [], skill: [], schedule: [], script: [], agent: [] };

export function vocabulary(palette: Palette, names: Names): Vocabulary {
  return {
    kinds: new Map(palette.kinds.map((kind) => [kind.kind, kind])),
    operators: new Map(palette.operators.map((each) => [each.operator, each])),
    compareAs: palette.compareAs,
    systemVariables: palette.systemVariables,
    names,
  };
}

/** A name, or what stands for one that is not there any more. */
export function nameOf(names: Names, kind: PickKind, id: Json | undefined): string {
  const found = names[kind].find((each) => each.id === id);
  return found?.name ?? `${kind} ${String(id)}`;
}
