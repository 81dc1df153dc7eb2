// The shape of everything an agent can do: a label, a shortcut, a predicate and a pure `perform`.
import type { AgentStatus, Recording, State } from '@/contract/types';
import type { Chord } from '@/lib/chord';
import type { Draft } from '../model/draft';
import type { Target } from '../model/target';
import type { Surface } from '../model/ui';

/** What an action may look at. */
export interface ActionContext {
  state: State;
  selectedId: string | null;
  draftOf: (interactionId: string) => Draft;
}

/** A write to the server, as data. */
export type Request =
  | { kind: 'status'; status: AgentStatus; reason: string | null }
  | { kind: 'accept'; interactionId: string; offerId: string }
  | { kind: 'reject'; interactionId: string; offerId: string; reason: string | null }
  | { kind: 'hold' | 'resume' | 'conference'; interactionId: string }
  | { kind: 'end'; interactionId: string; forAll: boolean }
  | { kind: 'record'; interactionId: string; recording: Recording }
  | { kind: 'dial'; to: string; queueId: number | null }
  | { kind: 'consult'; interactionId: string; to: Target }
  /** Without a target to whoever is on the second line. */
  | { kind: 'transfer'; interactionId: string; to: Target | null }
  | { kind: 'mute'; interactionId: string; muted: boolean }
  | ({ kind: 'wrapUp'; interactionId: string } & Draft);

/** What should happen. Decided by `perform`, carried out in one place. */
export type Effect =
  | { type: 'request'; request: Request }
  | { type: 'select'; interactionId: string }
  | { type: 'open'; surface: Surface }
  | { type: 'focus'; region: 'wrapUp' }
  | { type: 'say'; text: string };

export interface Action {
  id: string;
  label: string;
  shortcut: Chord;
  /** Whether it would do anything now. */
  available: (context: ActionContext) => boolean;
  /** Pure: looks, and says what should happen. Null when not available. */
  perform: (context: ActionContext) => Effect | null;
}

export function alt(key: string): Chord {
  return { alt: true, key };
}
