// Whether two flows mean the same, however they are spelled.
import type { Flow, Layout } from './flow';
import { flowJson, layoutJson } from './flow-json';
import { isList, isRecord, type Json, sameJson } from './json';

/** The server writes out what may be left out: a flag that is off, a list without entries. */
export function sameFlow(one: Flow, other: Flow): boolean {
  return one === other || sameJson(plain(flowJson(one)), plain(flowJson(other)));
}

export function sameLayout(one: Layout, other: Layout): boolean {
  return one === other || sameJson(layoutJson(one), layoutJson(other));
}

function plain(value: Json): Json {
  if (isList(value)) return value.map((each) => plain(each as Json));
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).map(([key, each]) => [key, plain(each as Json)] as const);
  return Object.fromEntries(entries.filter(([, each]) => !isDefault(each)));
}

function isDefault(value: Json): boolean {
  if (value === null || value === false) return true;
  if (isList(value)) return value.length === 0;
  return isRecord(value) && Object.keys(value).length === 0;
}
