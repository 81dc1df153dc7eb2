// A flow as the designer holds it: an immutable value. Its JSON is the contract's, see `flow-json`.
import type { JsonRecord } from './json';

export interface FlowNode {
  /** Words for people. */
  readonly label: string;
  readonly kind: string;
  /** The parameters as JSON; null for a kind that has none. */
  readonly params: JsonRecord | null;
  /** Where each wired exit leads. */
  readonly exits: ReadonlyMap<string, string>;
}

/** A trial run kept with the flow. What the palette does not know of it yet is kept as it came. */
export interface FlowTest {
  readonly name: string;
  readonly given: JsonRecord;
  readonly expect: JsonRecord;
}

export interface Flow {
  readonly start: string;
  readonly nodes: ReadonlyMap<string, FlowNode>;
  readonly tests: readonly FlowTest[];
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where nodes stand that somebody moved; the others are arranged. */
export type Layout = ReadonlyMap<string, Point>;

/** What is edited, undone and saved as one. */
export interface Drawing {
  readonly flow: Flow;
  readonly layout: Layout;
}

/** One wire. */
export interface Link {
  readonly from: string;
  readonly exit: string;
}

export const EMPTY_FLOW: Flow = { start: '', nodes: new Map(), tests: [] };

/** Limits of the server, so that a file is refused before it is sent. */
export const NODES_MAX = 500;
export const LABEL_CHARS_MAX = 21;
export const ID_CHARS_MAX = 128;

/** Unicode scalar values, as the server counts. */
export function chars(text: string): number {
  return [...text].length;
}

export function clipChars(text: string, most: number): string {
  return [...text].slice(0, most).join('');
}
