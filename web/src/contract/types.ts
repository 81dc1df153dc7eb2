// Names for the shapes of the HTTP surface. All of them come from the generated schema.
import type { paths } from './schema';

type Json<T> = T extends { content: { 'application/json': infer Body } } ? Body : never;

/** Everything one agent's workspace shows, as of `position` in the log. */
export type State = Json<paths['/workspace/v1/state']['get']['responses'][200]>;
export type Session = Json<paths['/auth/v1/session']['get']['responses'][200]>;

export type Work = State['work'][number];
export type Offer = NonNullable<Work['offer']>;
export type Talk = NonNullable<Work['talk']>;
export type WrapUp = NonNullable<Work['wrapUp']>;
export type TransactionCode = WrapUp['codes'][number];
export type Variable = Work['variables'][number];
export type TimelineEntry = Work['timeline'][number];
export type Why = Work['why'];
export type Queue = State['queues'][number];
export type Tenant = State['tenant'];
export type AgentStatus = State['agent']['status'];
export type StatusOption = State['statuses'][number];
export type MediaType = Work['mediaType'];

/** One thing that happened while this page was not listening. */
export interface Change {
  at: number;
  interactionId?: string | null;
  kind: string;
  text: string;
}

/** Frames of `WS /workspace/v1/events`. The socket is not part of OpenAPI, so they are spelled here. */
export type Frame =
  | {
      type: 'state';
      position: number;
      now: number;
      missed: number;
      changes: Change[];
      state: State;
    }
  | { type: 'heartbeat'; position: number; now: number };
