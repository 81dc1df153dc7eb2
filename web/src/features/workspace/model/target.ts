// To whom a customer can be handed on or whom the agent can ask: an agent, a queue, or a number.
import type { Targets } from '@/contract/types';

export type Target =
  | { kind: 'agent'; id: string; name: string }
  | { kind: 'queue'; id: number; name: string }
  | { kind: 'number'; number: string; name: string };

/** A line of the list. */
export interface TargetOption {
  target: Target;
  /** How it stands now, in words. */
  note: string;
  /** Could take the customer at this moment. The server decides. */
  free: boolean;
}

const AGENT_NOTE = {
  available: 'busy',
  onBreak: 'on break',
  workOffline: 'working offline',
  loggedOut: 'logged out',
} as const;

/** What can be chosen: a number that was typed, then agents, free ones first, then queues of calls. */
export function targetOptions(targets: Targets | null, typed: string): TargetOption[] {
  const agents = (targets?.agents ?? []).map(
    ({ id, name, status, available }): TargetOption => ({
      target: { kind: 'agent', id, name },
      note: available ? 'free now' : AGENT_NOTE[status],
      free: available,
    }),
  );
  const queues = (targets?.queues ?? [])
    .filter(({ mediaType }) => mediaType === 'phone')
    .map(
      ({ id, name, waiting, free }): TargetOption => ({
        target: { kind: 'queue', id, name },
        note: `${waiting} waiting, ${free} free`,
        free: free > waiting,
      }),
    );
  const number = dialled(typed);
  const typedOne: TargetOption[] =
    number === null
      ? []
      : [{ target: { kind: 'number', number, name: number }, note: 'outside number', free: true }];
  return [...typedOne, ...agents, ...queues];
}

/** What was typed, if it is a number and not a part of a name. */
export function dialled(typed: string): string | null {
  const number = typed.trim();
  return /^\+?(?=.*[0-9*#])[0-9*# ().\-/]{3,32}$/.test(number) ? number : null;
}

export function targetKey({ target }: TargetOption): string {
  return `${target.kind}:${target.kind === 'number' ? target.number : target.id}`;
}
