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
export type Recording = Talk['recording'];
export type Participant = Work['participants'][number];
export type TransactionCode = WrapUp['codes'][number];
export type Variable = Work['variables'][number];
export type TimelineEntry = Work['timeline'][number];
export type Why = NonNullable<Work['why']>;
export type Queue = State['queues'][number];
export type Tenant = State['tenant'];
export type AgentStatus = State['agent']['status'];
export type StatusOption = State['statuses'][number];
export type MediaType = Work['mediaType'];

/** To whom a customer can be handed on at this moment. */
export type Targets = Json<paths['/workspace/v1/targets']['get']['responses'][200]>;

/** A text frame of the event socket. */
export type Frame = Json<paths['/workspace/v1/events']['get']['responses'][101]>;
/** One thing that happened, as the socket tells it. */
export type Change = Extract<Frame, { type: 'state' }>['changes'][number];

/** Everything a wallboard shows, as of `position` in the log. */
export type Wallboard = Json<paths['/supervisor/v1/wallboard']['get']['responses'][200]>;
export type QueueRow = Wallboard['queues'][number];
export type AgentRow = Wallboard['agents'][number];
export type AgentWork = AgentRow['work'][number];
export type AgentDoing = AgentRow['doing'];
export type Ratio = QueueRow['serviceLevel'];
export type QueueStep = QueueRow['hour'][number];

/** A text frame of the wallboard's socket. */
export type WallboardFrame = Json<paths['/supervisor/v1/events']['get']['responses'][101]>;

/** What a number of the wallboard means. */
export type Measure = Json<
  paths['/supervisor/v1/measures']['get']['responses'][200]
>['items'][number];

export type InteractionPage = Json<paths['/supervisor/v1/interactions']['get']['responses'][200]>;
export type OpenInteraction = InteractionPage['items'][number];
export type InteractionState = OpenInteraction['state'];

/** All that happened to one interaction. */
export type Story = Json<paths['/supervisor/v1/interactions/{id}/story']['get']['responses'][200]>;
