// What is different between two flows, in sentences.
import type { Flow, FlowNode } from './flow';
import { type Json, sameJson } from './json';
import { exitsOf, type Kinds, type ParamDescription } from './kinds';
import type { Vocabulary } from './vocabulary';
import { paramOf, valueWords } from './words';

export interface Change {
  /** The node it is about; null when it is about the flow or its tests. */
  readonly node: string | null;
  readonly words: string;
}

/** A value longer than this is told by its beginning. */
const SHOWN_CHARS = 80;

export function difference(before: Flow, after: Flow, vocabulary: Vocabulary): readonly Change[] {
  const changes: Change[] = [];
  const say = (node: string | null, words: string) => changes.push({ node, words });
  const kindOf = ({ kind }: FlowNode) => vocabulary.kinds.get(kind)?.title ?? kind;
  for (const [id, node] of before.nodes) {
    if (!after.nodes.has(id)) say(null, `${kindOf(node)} ${quoted(node.label)} was removed.`);
  }
  for (const [id, node] of after.nodes) {
    const old = before.nodes.get(id);
    if (old === undefined) say(id, `${kindOf(node)} ${quoted(node.label)} was added.`);
    else for (const words of ofNode(old, node, before, after, vocabulary)) say(id, words);
  }
  if (before.start !== after.start) {
    say(after.start, `It starts at ${labelOf(after, after.start)}.`);
  }
  for (const words of ofTests(before, after)) say(null, words);
  return changes;
}

function ofNode(
  old: FlowNode,
  node: FlowNode,
  before: Flow,
  after: Flow,
  vocabulary: Vocabulary,
): string[] {
  if (old === node) return [];
  const name = quoted(node.label);
  const found: string[] = [];
  if (old.label !== node.label) found.push(`${quoted(old.label)} is now called ${name}.`);
  if (old.kind !== node.kind) {
    const title = vocabulary.kinds.get(node.kind)?.title ?? node.kind;
    found.push(`${name} is now of the kind ${title}.`);
  } else {
    for (const param of vocabulary.kinds.get(node.kind)?.params ?? []) {
      const [was, is] = [paramOf(old, param), paramOf(node, param)];
      if (same(param, was, is)) continue;
      const words = (value: Json | undefined) => shown(param, value, vocabulary);
      found.push(`${name}: ${param.title} was ${words(was)} and is ${words(is)}.`);
    }
  }
  return [...found, ...ofExits(old, node, before, after, vocabulary.kinds)];
}

/** A flag that is left out is off. */
function same(param: ParamDescription, was: Json | undefined, is: Json | undefined): boolean {
  if (param.type === 'flag') return (was ?? false) === (is ?? false);
  return sameJson(was, is);
}

function shown(param: ParamDescription, value: Json | undefined, vocabulary: Vocabulary): string {
  const words = valueWords(param, value, vocabulary);
  const cut = words.length > SHOWN_CHARS ? `${words.slice(0, SHOWN_CHARS)}…` : words;
  const isText = param.type === 'text' || param.type === 'template' || param.type === 'keys';
  return isText && cut !== 'nothing' ? quoted(cut) : cut;
}

function ofExits(old: FlowNode, node: FlowNode, before: Flow, after: Flow, kinds: Kinds): string[] {
  const titles = new Map(
    [...exitsOf(old, kinds), ...exitsOf(node, kinds)].map(({ name, title }) => [name, title]),
  );
  const found: string[] = [];
  for (const [exit, title] of titles) {
    const [was, is] = [old.exits.get(exit), node.exits.get(exit)];
    if (was === is) continue;
    const name = `${quoted(node.label)}: ${title}`;
    if (is === undefined) found.push(`${name} leads nowhere now (was ${labelOf(before, was)}).`);
    else if (was === undefined) found.push(`${name} leads to ${labelOf(after, is)} now.`);
    else found.push(`${name} leads to ${labelOf(after, is)} now (was ${labelOf(before, was)}).`);
  }
  return found;
}

function ofTests(before: Flow, after: Flow): string[] {
  const found: string[] = [];
  const byName = (flow: Flow) => new Map(flow.tests.map((test) => [test.name, test]));
  const [old, now] = [byName(before), byName(after)];
  for (const name of old.keys())
    if (!now.has(name)) found.push(`Test ${quoted(name)} was removed.`);
  for (const [name, test] of now) {
    const was = old.get(name);
    if (was === undefined) found.push(`Test ${quoted(name)} was added.`);
    else if (!sameJson(was.given, test.given) || !sameJson(was.expect, test.expect)) {
      found.push(`Test ${quoted(name)} was changed.`);
    }
  }
  return found;
}

function labelOf(flow: Flow, id: string | undefined): string {
  return quoted((id !== undefined && flow.nodes.get(id)?.label) || String(id));
}

function quoted(text: string): string {
  return `“${text}”`;
}
