// The parts of a test, read from and written into its JSON; what is not known here stays.
import type { FlowTest } from '../graph/flow';
import {
  getIn,
  isList,
  isRecord,
  type Json,
  type JsonRecord,
  type Path,
  setIn,
} from '../graph/json';
import { type Names, nameOf } from '../graph/vocabulary';

export function newTest(tests: readonly FlowTest[]): FlowTest {
  const taken = new Set(tests.map(({ name }) => name));
  let number = tests.length + 1;
  while (taken.has(`Test ${number}`)) number += 1;
  return { name: `Test ${number}`, given: {}, expect: {} };
}

export function setGiven(test: FlowTest, path: Path, value: Json | undefined): FlowTest {
  return { ...test, given: setIn(test.given, path, value) as JsonRecord };
}

export function setExpected(test: FlowTest, path: Path, value: Json | undefined): FlowTest {
  return { ...test, expect: setIn(test.expect, path, value) as JsonRecord };
}

export function records(value: Json | undefined): readonly JsonRecord[] {
  return isList(value) ? value.filter(isRecord).map((each) => each as JsonRecord) : [];
}

export function lines(value: Json | undefined): string {
  return isList(value) ? value.filter((each) => typeof each === 'string').join('\n') : '';
}

/** One entry per line; what ends with an empty line has an empty entry at its end. */
export function fromLines(text: string): Json | undefined {
  return text === '' ? undefined : text.split('\n').map((line) => line.trim());
}

/** Times in milliseconds, one line of seconds for each. */
export function secondLines(value: Json | undefined): string {
  return isList(value) ? value.map((ms) => Number(ms) / 1_000).join('\n') : '';
}

/** What is no number of seconds is silence, which is 0. */
export function fromSecondLines(text: string): Json | undefined {
  if (text === '') return undefined;
  return text.split('\n').map((line) => Math.max(0, Math.round(Number(line) * 1_000) || 0));
}

const ENDS: Readonly<Record<string, string>> = {
  agent: 'with the agent asked by name',
  number: 'connected to the number',
  disconnect: 'at Disconnect',
  ranOff: 'at an exit that leads nowhere',
  endless: 'never: it goes in circles',
  noSuchNode: 'at a node that does not exist',
};

export function endWords(end: Json | undefined, names: Names): string {
  if (typeof end === 'string') return ENDS[end] ?? end;
  const queue = getIn(end, ['queue']);
  if (queue !== undefined) return `in the queue ${nameOf(names, 'queue', queue)}`;
  const script = getIn(end, ['script']);
  if (script !== undefined) return `in the script ${nameOf(names, 'script', script)}`;
  return JSON.stringify(end);
}

/** Every end that can be expected. */
export function possibleEnds(names: Names): readonly Json[] {
  return [
    ...names.queue.map(({ id }) => ({ queue: id })),
    'disconnect',
    'agent',
    'number',
    ...names.script.map(({ id }) => ({ script: id })),
    'ranOff',
  ];
}

/** `2026-11-24T16:15` in this browser's time zone; empty for 0, which means that none is set. */
export function localTime(at: Json | undefined): string {
  if (typeof at !== 'number' || at === 0) return '';
  const date = new Date(at);
  return new Date(at - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

export function fromLocalTime(text: string): Json | undefined {
  const at = new Date(text).getTime();
  return Number.isNaN(at) ? undefined : at;
}
