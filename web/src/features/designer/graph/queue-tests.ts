// What can be asked of a queue, as the contract spells it, with its words and what goes with it.
import { getIn, isRecord, type Json } from './json';
import type { ParamDescription } from './kinds';

export interface QueueTest {
  readonly name: string;
  readonly title: string;
  /** What is entered with it; null when nothing is. */
  readonly value: Pick<ParamDescription, 'title' | 'type' | 'bounds' | 'default'> | null;
}

const DAY_MS = 86_400_000;
const COUNT = { title: 'How many', type: 'number', bounds: [0, 1_000_000], default: 10 } as const;
const TIME = { title: 'How long', type: 'millis', bounds: [0, DAY_MS], default: 60_000 } as const;

export const QUEUE_TESTS: readonly QueueTest[] = [
  { name: 'noAgentAvailable', title: 'No agent is free', value: null },
  { name: 'noAgentLoggedIn', title: 'No agent is logged in', value: null },
  { name: 'moreWaitingThan', title: 'More wait than', value: COUNT },
  { name: 'longestWaitOver', title: 'The first has waited over', value: TIME },
  { name: 'expectedWaitOver', title: 'The expected wait is over', value: TIME },
];

/** Which one a value asks: a word alone, or the only key of an object. */
export function queueTestName(value: Json | undefined): string {
  if (typeof value === 'string') return value;
  return (isRecord(value) && Object.keys(value)[0]) || '';
}

export function queueTestOf(value: Json | undefined): QueueTest | undefined {
  const name = queueTestName(value);
  return QUEUE_TESTS.find((each) => each.name === name);
}

/** The number that goes with it; undefined when none does. */
export function queueTestValue(value: Json | undefined): Json | undefined {
  return getIn(value, [queueTestName(value)]);
}
