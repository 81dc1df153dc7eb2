// Flows from JSON and back. What comes in is hostile: a file, a clipboard, another version.
import {
  type Drawing,
  type Flow,
  type FlowNode,
  type FlowTest,
  ID_CHARS_MAX,
  type Layout,
  NODES_MAX,
} from './flow';
import { isList, isRecord, type Json, type JsonRecord } from './json';

/** Why a value is no flow: the field, and what is wrong with it. */
export class FlowFault extends Error {
  constructor(
    readonly field: string,
    message: string,
  ) {
    super(`${field}: ${message}`);
    this.name = 'FlowFault';
  }
}

/** Reads a flow. Only its shape is checked here: whether it makes sense, the linter says. */
export function parseFlow(value: unknown): Flow {
  const flow = record(value, 'flow');
  const nodes = new Map<string, FlowNode>();
  const entries = Object.entries(record(flow['nodes'] ?? {}, 'nodes'));
  if (entries.length > NODES_MAX) {
    throw new FlowFault('nodes', `a script has at most ${NODES_MAX} nodes, not ${entries.length}`);
  }
  for (const [id, node] of entries) nodes.set(id, parseNode(node, `nodes.${id}`, id));
  const tests = list(flow['tests'] ?? [], 'tests').map((test, i) => parseTest(test, `tests[${i}]`));
  return { start: text(flow['start'] ?? '', 'start'), nodes, tests };
}

export function parseNode(value: unknown, field: string, id: string): FlowNode {
  if (id === '' || id.length > ID_CHARS_MAX) {
    throw new FlowFault(field, `a node's id has 1 to ${ID_CHARS_MAX} characters`);
  }
  const node = record(value, field);
  const exits = new Map<string, string>();
  for (const [exit, to] of Object.entries(record(node['exits'] ?? {}, `${field}.exits`))) {
    exits.set(exit, text(to, `${field}.exits.${exit}`));
  }
  const label = text(node['label'] ?? '', `${field}.label`);
  return { label, ...parseKind(node['kind'], `${field}.kind`), exits };
}

function parseKind(value: unknown, field: string): Pick<FlowNode, 'kind' | 'params'> {
  if (typeof value === 'string') return { kind: value, params: null };
  const [entry, ...more] = Object.entries(record(value, field));
  if (entry === undefined || more.length > 0) {
    throw new FlowFault(field, 'must be a word, or an object with one key');
  }
  const [kind, params] = entry;
  return { kind, params: parseParams(params, `${field}.${kind}`) };
}

function parseParams(value: unknown, field: string): JsonRecord {
  return withoutNulls(record(value, field)) as JsonRecord;
}

function parseTest(value: unknown, field: string): FlowTest {
  const test = record(value, field);
  return {
    name: text(test['name'], `${field}.name`),
    given: parseParams(test['given'] ?? {}, `${field}.given`),
    expect: parseParams(test['expect'] ?? {}, `${field}.expect`),
  };
}

/** The contract writes null for what is left out; here it is left out. */
function withoutNulls(value: unknown): Json {
  if (isList(value)) return value.map(withoutNulls);
  if (!isRecord(value)) return value as Json;
  const kept = Object.entries(value).filter(([, each]) => each !== null && each !== undefined);
  return Object.fromEntries(kept.map(([key, each]) => [key, withoutNulls(each)]));
}

export function flowJson(flow: Flow): JsonRecord {
  const nodes = Object.fromEntries([...flow.nodes].map(([id, node]) => [id, nodeJson(node)]));
  const tests = flow.tests.map(({ name, given, expect }) => ({ name, given, expect }));
  return { start: flow.start, nodes, tests };
}

export function nodeJson({ label, kind, params, exits }: FlowNode): JsonRecord {
  return {
    label,
    kind: params === null ? kind : { [kind]: params },
    exits: Object.fromEntries(exits),
  };
}

/** Reads positions; an entry that is none is left out, for it is only arranged then. */
export function parseLayout(value: unknown): Layout {
  const layout = new Map<string, { x: number; y: number }>();
  if (!isRecord(value)) return layout;
  for (const [id, at] of Object.entries(value).slice(0, NODES_MAX)) {
    if (!isList(at)) continue;
    const [x, y] = at;
    if (Number.isFinite(x) && Number.isFinite(y)) layout.set(id, { x: Number(x), y: Number(y) });
  }
  return layout;
}

export function layoutJson(layout: Layout): JsonRecord {
  const whole = ({ x, y }: { x: number; y: number }) => [Math.round(x), Math.round(y)];
  return Object.fromEntries([...layout].map(([id, at]) => [id, whole(at)]));
}

/** A file of a script, readable by `parseDrawing`. */
export function drawingText(name: string, { flow, layout }: Drawing): string {
  const file = { cordboard: 'script', name, flow: flowJson(flow), layout: layoutJson(layout) };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** Reads a file: one of ours, or a flow alone. */
export function parseDrawing(content: string): Drawing & { name: string | null } {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch {
    throw new FlowFault('file', 'this is not JSON');
  }
  const file = record(value, 'file');
  const name = typeof file['name'] === 'string' ? file['name'] : null;
  if (!('flow' in file)) return { name, flow: parseFlow(file), layout: new Map() };
  return { name, flow: parseFlow(file['flow']), layout: parseLayout(file['layout']) };
}

function record(value: unknown, field: string): Readonly<Record<string, unknown>> {
  if (isRecord(value)) return value;
  throw new FlowFault(field, 'must be an object');
}

function list(value: unknown, field: string): readonly unknown[] {
  if (isList(value)) return value;
  throw new FlowFault(field, 'must be a list');
}

function text(value: unknown, field: string): string {
  if (typeof value === 'string') return value;
  throw new FlowFault(field, 'must be a text');
}
