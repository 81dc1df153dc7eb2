// Every change of a drawing, as data, and the one function that makes it.

import { type Fix, fixNode } from './fix';
import type { Drawing, Flow, FlowNode, FlowTest, Layout, Link, Point } from './flow';
import { getIn, isList, type Json, type Path, pathOf, setIn } from './json';
import { exitsOf, freeLabel, type Kinds } from './kinds';
import type { Part } from './part';

export type Edit =
  | { type: 'add'; id: string; node: FlowNode; at?: Point | undefined; wire?: Link | undefined }
  | { type: 'paste'; part: Part }
  | { type: 'remove'; ids: readonly string[]; links?: readonly Link[] }
  | { type: 'connect'; link: Link; to: string }
  | { type: 'disconnect'; links: readonly Link[] }
  | { type: 'rename'; id: string; label: string }
  | { type: 'setParam'; id: string; path: Path; value: Json | undefined }
  | { type: 'removeEntry'; id: string; path: Path; at: number }
  | { type: 'moveEntry'; id: string; path: Path; from: number; to: number }
  | { type: 'setStart'; id: string }
  | { type: 'setTests'; tests: readonly FlowTest[] }
  | { type: 'fix'; fix: Fix }
  | { type: 'move'; to: Layout }
  | { type: 'arrange' }
  | { type: 'replace'; drawing: Drawing; words: string };

/** The drawing after the edit; the very same one when there is nothing to change. */
export function applyEdit(drawing: Drawing, edit: Edit, kinds: Kinds): Drawing {
  const { flow, layout } = drawing;
  switch (edit.type) {
    case 'add':
      return add(drawing, edit);
    case 'paste':
      return paste(drawing, edit.part);
    case 'remove':
      return remove(drawing, edit.ids, edit.links ?? []);
    case 'connect':
      return withFlow(drawing, connect(flow, edit.link, edit.to));
    case 'disconnect':
      return withFlow(drawing, disconnect(flow, edit.links));
    case 'rename':
      return withFlow(
        drawing,
        onNode(flow, edit.id, (node) => renamed(node, edit.label)),
      );
    case 'setParam': {
      const set = (node: FlowNode) => setParam(node, edit.path, edit.value, kinds);
      return withFlow(drawing, onNode(flow, edit.id, set));
    }
    case 'removeEntry': {
      const set = (node: FlowNode) => removeEntry(node, edit.path, edit.at, kinds);
      return withFlow(drawing, onNode(flow, edit.id, set));
    }
    case 'moveEntry': {
      const set = (node: FlowNode) => moveEntry(node, edit.path, edit.from, edit.to);
      return withFlow(drawing, onNode(flow, edit.id, set));
    }
    case 'setStart':
      return edit.id === flow.start ? drawing : { flow: { ...flow, start: edit.id }, layout };
    case 'setTests':
      return edit.tests === flow.tests ? drawing : { flow: { ...flow, tests: edit.tests }, layout };
    case 'fix':
      return fixed(drawing, edit.fix, kinds);
    case 'move':
      return edit.to.size === 0 ? drawing : { flow, layout: new Map([...layout, ...edit.to]) };
    case 'arrange':
      return layout.size === 0 ? drawing : { flow, layout: new Map() };
    case 'replace':
      return edit.drawing;
  }
}

function withFlow(drawing: Drawing, flow: Flow): Drawing {
  return flow === drawing.flow ? drawing : { flow, layout: drawing.layout };
}

/** The flow with one node changed. */
export function onNode(flow: Flow, id: string, change: (node: FlowNode) => FlowNode): Flow {
  const node = flow.nodes.get(id);
  const next = node && change(node);
  if (next === undefined || next === node) return flow;
  return { ...flow, nodes: new Map(flow.nodes).set(id, next) };
}

function add(drawing: Drawing, { id, node, at, wire }: Extract<Edit, { type: 'add' }>): Drawing {
  const nodes = new Map(drawing.flow.nodes).set(id, node);
  const start = drawing.flow.nodes.size === 0 ? id : drawing.flow.start;
  const flow = { ...drawing.flow, start, nodes };
  const layout = at === undefined ? drawing.layout : new Map(drawing.layout).set(id, at);
  return { flow: wire === undefined ? flow : connect(flow, wire, id), layout };
}

function paste({ flow, layout }: Drawing, part: Part): Drawing {
  const nodes = new Map(flow.nodes);
  const labels = new Set<string>();
  for (const [id, node] of part.nodes) {
    const label = freeLabel(node.label, flow, labels);
    labels.add(label);
    nodes.set(id, { ...node, label });
  }
  const start = flow.nodes.size === 0 ? ([...part.nodes.keys()][0] ?? '') : flow.start;
  return { flow: { ...flow, start, nodes }, layout: new Map([...layout, ...part.layout]) };
}

/** Nodes go together with every wire to them; the start stays where it was, for the linter to tell. */
function remove(drawing: Drawing, ids: readonly string[], links: readonly Link[]): Drawing {
  const gone = new Set(ids.filter((id) => drawing.flow.nodes.has(id)));
  const flow = disconnect(drawing.flow, links);
  if (gone.size === 0) return withFlow(drawing, flow);
  const kept = [...flow.nodes].filter(([id]) => !gone.has(id));
  const nodes = new Map(kept.map(([id, node]) => [id, withoutTargets(node, gone)]));
  const start = gone.has(flow.start) && nodes.size === 0 ? '' : flow.start;
  const layout = new Map([...drawing.layout].filter(([id]) => !gone.has(id)));
  return { flow: { ...flow, start, nodes }, layout };
}

function withoutTargets(node: FlowNode, gone: ReadonlySet<string>): FlowNode {
  const kept = [...node.exits].filter(([, to]) => !gone.has(to));
  return kept.length === node.exits.size ? node : { ...node, exits: new Map(kept) };
}

function connect(flow: Flow, { from, exit }: Link, to: string): Flow {
  if (!flow.nodes.has(to)) return flow;
  return onNode(flow, from, (node) =>
    node.exits.get(exit) === to ? node : { ...node, exits: new Map(node.exits).set(exit, to) },
  );
}

function disconnect(flow: Flow, links: readonly Link[]): Flow {
  const without = (node: FlowNode, exit: string) => {
    const kept = [...node.exits].filter(([name]) => name !== exit);
    return kept.length === node.exits.size ? node : { ...node, exits: new Map(kept) };
  };
  return links.reduce((all, { from, exit }) => onNode(all, from, (n) => without(n, exit)), flow);
}

function renamed(node: FlowNode, label: string): FlowNode {
  return node.label === label ? node : { ...node, label };
}

/** Where an exit gets another name, its wire goes with it. */
function setParam(node: FlowNode, path: Path, value: Json | undefined, kinds: Kinds): FlowNode {
  if (node.params === null) return node;
  const params = setIn(node.params, path, value) as FlowNode['params'];
  if (params === node.params) return node;
  const next = { ...node, params };
  const names = (of: FlowNode) => exitsOf({ ...of, exits: new Map() }, kinds).map((e) => e.name);
  const [before, after] = [names(node), names(next)];
  const lost = before.filter((name) => !after.includes(name));
  const won = after.filter((name) => !before.includes(name));
  const [from, to] = [lost[0], won[0]];
  if (lost.length !== 1 || won.length !== 1 || from === undefined || to === undefined) return next;
  const target = node.exits.get(from);
  if (before.length !== after.length || target === undefined || node.exits.has(to)) return next;
  const kept = [...node.exits].filter(([name]) => name !== from);
  return { ...next, exits: new Map([...kept, [to, target]]) };
}

/** An entry goes together with the wire of the exit that only it named. */
function removeEntry(node: FlowNode, path: Path, at: number, kinds: Kinds): FlowNode {
  const list = getIn(node.params ?? {}, path);
  if (!isList(list) || at >= list.length || node.params === null) return node;
  const params = setIn(node.params, [...path, at], undefined) as FlowNode['params'];
  const next = { ...node, params };
  const stale = exitsOf(next, kinds).filter((exit) => exit.stale);
  const known = new Set(exitsOf(node, kinds).flatMap((exit) => (exit.stale ? [] : [exit.name])));
  const gone = new Set(stale.map(({ name }) => name).filter((name) => known.has(name)));
  if (gone.size === 0) return next;
  return { ...next, exits: new Map([...node.exits].filter(([name]) => !gone.has(name))) };
}

function moveEntry(node: FlowNode, path: Path, from: number, to: number): FlowNode {
  const list = getIn(node.params ?? {}, path);
  if (!isList(list) || node.params === null) return node;
  const moved = movedEntry(list as readonly Json[], from, to);
  if (moved === list) return node;
  return { ...node, params: setIn(node.params, path, moved) as FlowNode['params'] };
}

/** The list with one entry at another place. */
export function movedEntry(list: readonly Json[], from: number, to: number): readonly Json[] {
  const entry = list[from];
  if (entry === undefined || from === to || to < 0 || to >= list.length) return list;
  const rest = list.filter((_, index) => index !== from);
  return [...rest.slice(0, to), entry, ...rest.slice(to)];
}

function fixed(drawing: Drawing, fix: Fix, kinds: Kinds): Drawing {
  const { flow, layout } = drawing;
  if ('setStart' in fix) return { flow: { ...flow, start: fix.setStart.node }, layout };
  if ('removeNode' in fix) return remove(drawing, [fix.removeNode.node], []);
  if ('moveBefore' in fix) {
    const { node: id, field, from, to } = fix.moveBefore;
    return applyEdit(drawing, { type: 'moveEntry', id, path: paramPath(field), from, to }, kinds);
  }
  if ('removeEntry' in fix) {
    const { node: id, field, at } = fix.removeEntry;
    return applyEdit(drawing, { type: 'removeEntry', id, path: paramPath(field), at }, kinds);
  }
  const change = fixNode(fix);
  return change === null ? drawing : withFlow(drawing, onNode(flow, change.node, change.apply));
}

/** `kind.switch.cases` inside the kind's parameters. */
function paramPath(field: string): Path {
  return pathOf(field).slice(2);
}
