// The kinds of nodes as the server describes them: forms, ports and new nodes come from here.
import { clipChars, type Flow, type FlowNode, LABEL_CHARS_MAX } from './flow';
import { getIn, isList, type Json, type JsonRecord } from './json';

export type ParamType =
  | 'text'
  | 'template'
  | 'variableWritten'
  | 'variableRead'
  | 'condition'
  | 'number'
  | 'millis'
  | 'flag'
  | 'keys'
  | 'exit'
  | 'queue'
  | 'skill'
  | 'schedule'
  | 'script'
  | 'queueTest'
  | 'namedAgent'
  | 'namedNumber'
  | 'object'
  | 'list';

export interface ParamDescription {
  /** The key in JSON; empty when the parameter is the whole of the kind's object. */
  readonly name: string;
  readonly title: string;
  /** A type this page does not know yet is edited as JSON. */
  readonly type: ParamType | (string & {});
  readonly required: boolean;
  readonly default?: Json;
  readonly bounds?: readonly [number, number];
  readonly fields?: readonly ParamDescription[];
}

export interface ExitDescription {
  readonly name: string;
  readonly title: string;
  /** The parameter that names the exits: one per entry (`cases.exit`) or per character (`keys`). */
  readonly each?: string;
  /** The parameter without which the exit is never taken. */
  readonly needs?: string;
}

export interface KindDescription {
  readonly kind: string;
  readonly group: string;
  readonly title: string;
  readonly summary: string;
  readonly params: readonly ParamDescription[];
  readonly exits: readonly ExitDescription[];
}

export type Kinds = ReadonlyMap<string, KindDescription>;

export interface Exit {
  readonly name: string;
  readonly title: string;
  /** Wired, although the node as it stands is never left by it. */
  readonly stale: boolean;
}

export const ERROR = 'error';

/** By which exits a node can be left, in the order of its parameters; then `error`; then stale ones. */
export function exitsOf(node: FlowNode, kinds: Kinds): readonly Exit[] {
  const kind = kinds.get(node.kind);
  const exits = new Map<string, Exit>();
  const add = (name: string, title: string, stale = false) => {
    if (!exits.has(name)) exits.set(name, { name, title, stale });
  };
  for (const exit of kind?.exits ?? []) {
    if (exit.needs !== undefined && !isSet(getIn(node.params ?? {}, [exit.needs]))) continue;
    if (exit.each === undefined) add(exit.name, exit.title);
    else for (const name of named(node, exit.each)) add(name, titleOf(name, exit.each));
  }
  if (kind !== undefined && hasWayOn(kind)) add(ERROR, 'Error');
  for (const name of node.exits.keys()) add(name, name, kind !== undefined);
  return [...exits.values()];
}

/** Only an ending has no way on, and so no `error`. */
function hasWayOn(kind: KindDescription): boolean {
  return kind.group !== 'end' || kind.exits.length > 0;
}

function isSet(value: Json | undefined): boolean {
  return value !== undefined && value !== null && value !== false;
}

/** `cases.exit` names one exit per entry, `keys` one per character. */
function named(node: FlowNode, each: string): string[] {
  const [param = '', field] = each.split('.');
  const value = getIn(node.params ?? {}, [param]);
  if (field === undefined) return typeof value === 'string' ? [...value] : [];
  if (!isList(value)) return [];
  return value.map((entry) => {
    const name = getIn(entry as Json, [field]);
    return typeof name === 'string' ? name : '';
  });
}

function titleOf(name: string, each: string): string {
  if (!each.includes('.')) return `Key ${name}`;
  return name === '' ? '(no name)' : name;
}

/** A node of this kind as the palette makes it, with a label that no other node has. */
export function newNode(kind: KindDescription, flow: Flow): FlowNode {
  const params = kind.params.length === 0 ? null : (defaults(kind.params) as JsonRecord);
  return { label: freeLabel(kind.title, flow), kind: kind.kind, params, exits: new Map() };
}

/** What a list's new entry or an object that is switched on begins with. */
export function defaults(params: readonly ParamDescription[]): Json {
  const whole = params.find(({ name }) => name === '');
  if (whole !== undefined) return blank(whole);
  const needed = params.filter((param) => param.required || param.default === false);
  return Object.fromEntries(needed.map((param) => [param.name, blank(param)]));
}

/** What stands in a required parameter before anybody filled it in. */
export function blank(param: ParamDescription): Json {
  if (param.default !== undefined) return param.default;
  switch (param.type) {
    case 'condition':
      return { test: { variable: '_', operator: 'equals', right: [{ text: '' }] } };
    case 'queueTest':
      return 'noAgentAvailable';
    case 'namedAgent':
      return { variable: '_' };
    case 'namedNumber':
      return { number: '' };
    case 'number':
    case 'millis':
    case 'queue':
    case 'skill':
    case 'schedule':
    case 'script':
      return param.bounds?.[0] ?? 0;
    case 'flag':
      return false;
    case 'list':
      return Array.from({ length: param.bounds?.[0] ?? 0 }).reduce<readonly Json[]>(
        (entries) => [...entries, newEntry(param, entries)],
        [],
      );
    case 'object':
      return defaults(param.fields ?? []);
    case 'variableRead':
    case 'variableWritten':
      return '_';
    default:
      return '';
  }
}

/** A list's next entry. Its exit and its key get the first number that no other entry has there. */
export function newEntry(list: ParamDescription, entries: readonly Json[]): Json {
  const fields = list.fields ?? [];
  const own = fields.filter((field) => field.type === 'exit' || isOneKey(field));
  const numbered = own.map(({ name }) => {
    const taken = new Set(entries.map((each) => getIn(each, [name])));
    return [name, freeNumber((number) => taken.has(number))];
  });
  return { ...(defaults(fields) as JsonRecord), ...Object.fromEntries(numbered) };
}

function isOneKey({ type, bounds }: ParamDescription): boolean {
  return type === 'keys' && bounds?.[1] === 1;
}

function freeNumber(taken: (number: string) => boolean): string {
  let number = 1;
  while (taken(`${number}`)) number += 1;
  return `${number}`;
}

/** An id that says what the node does, and that no node of the flow has. */
export function freeId(kind: string, taken: (id: string) => boolean): string {
  const word = kind.replace(/[^\w-]/g, '') || 'node';
  if (!taken(word)) return word;
  let number = 2;
  while (taken(`${word}${number}`)) number += 1;
  return `${word}${number}`;
}

/** The label, cut to what an export keeps, with a number behind it where another node has it. */
export function freeLabel(wish: string, flow: Flow, also: ReadonlySet<string> = new Set()): string {
  const taken = new Set([...flow.nodes.values()].map(({ label }) => label));
  const free = (label: string) => label !== '' && !taken.has(label) && !also.has(label);
  const whole = clipChars(wish, LABEL_CHARS_MAX).trimEnd();
  if (free(whole)) return whole;
  for (let number = 2; ; number += 1) {
    const tail = ` ${number}`;
    const label = clipChars(wish, LABEL_CHARS_MAX - tail.length).trimEnd() + tail;
    if (free(label)) return label;
  }
}
