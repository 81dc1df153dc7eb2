// The shapes of the scripts' part of /admin/v1, as this page reads them.

import type { Fix } from '../graph/fix';
import type { Drawing } from '../graph/flow';
import type { Json } from '../graph/json';
import type { Step } from '../graph/trace';

export interface Page<T> {
  readonly items: readonly T[];
  /** Where the next page begins; null on the last. */
  readonly next: string | number | null;
}

export interface ChannelRef {
  readonly id: number;
  readonly name: string;
  readonly address: string;
}

export interface ScriptRow {
  readonly id: number;
  readonly revision: number;
  readonly name: string;
  /** The version that serves new calls; null before the first publication. */
  readonly publishedVersion: number | null;
  /** The draft has changes that are not published. */
  readonly draftDiffers: boolean;
  readonly channels: readonly ChannelRef[];
}

/** What is written: the whole draft. */
export interface Draft extends Drawing {
  readonly name: string;
}

export interface Finding {
  readonly severity: 'error' | 'warning';
  /** Null when it is about the flow itself. */
  readonly node: string | null;
  /** A path in the node's JSON (`exits.true`), or in the flow's. */
  readonly field: string;
  readonly message: string;
  readonly fix?: Fix | null;
}

export interface RunStep extends Step {
  readonly note?: string | null;
  readonly said?: readonly string[];
  readonly assigned?: readonly { variable: string; value: string | null }[];
}

export interface Report {
  readonly name: string;
  /** What came out otherwise; empty when the test passed. */
  readonly faults: readonly string[];
  readonly steps: readonly RunStep[];
  readonly end: Json;
}

export interface VersionRow {
  readonly version: number;
  readonly name: string;
  readonly publishedAt: number | null;
  readonly by: { readonly name: string } | null;
}

/** How many open interactions are in a node of a version now. */
export interface LiveNode {
  readonly version: number;
  readonly node: string;
  readonly count: number;
}
