// The one-click changes that the linter proposes, carried out on a node's JSON.
import type { FlowNode } from './flow';
import { nodeJson, parseNode } from './flow-json';
import { getIn, isList, type Json, pathOf, setIn } from './json';

/** A change as the linter writes it: an object with one key. */
export type Fix =
  | { setStart: { node: string } }
  | { removeNode: { node: string } }
  | { removeExit: { node: string; exit: string } }
  | { setLabel: { node: string; label: string } }
  | { setText: { node: string; field: string; value: string } }
  | { setNumber: { node: string; field: string; value: number } }
  | { setShares: { node: string; field: string; percents: readonly number[] } }
  | { moveBefore: { node: string; field: string; from: number; to: number } }
  | { removeEntry: { node: string; field: string; at: number } };

interface NodeChange {
  node: string;
  apply: (node: FlowNode) => FlowNode;
}

/** What the fix sets in its node; null for one that does more, or that is not known here. */
export function fixNode(fix: Fix): NodeChange | null {
  if ('removeExit' in fix) {
    const { node, exit } = fix.removeExit;
    const without = (of: FlowNode) => [...of.exits].filter(([name]) => name !== exit);
    return { node, apply: (of) => ({ ...of, exits: new Map(without(of)) }) };
  }
  if ('setLabel' in fix) {
    const { node, label } = fix.setLabel;
    return { node, apply: (of) => ({ ...of, label }) };
  }
  if ('setText' in fix) return inJson(fix.setText, (_, value) => value, fix.setText.value);
  if ('setNumber' in fix) return inJson(fix.setNumber, (_, value) => value, fix.setNumber.value);
  if ('setShares' in fix) return inJson(fix.setShares, shares, fix.setShares.percents);
  return null;
}

/** Whether the page can carry the fix out. */
export function isKnownFix(fix: Fix): boolean {
  const known = ['setStart', 'removeNode', 'moveBefore', 'removeEntry'];
  return known.some((key) => key in fix) || fixNode(fix) !== null;
}

/** What the button says. */
export function fixWords(fix: Fix): string {
  if ('setStart' in fix) return 'Begin there';
  if ('removeNode' in fix) return 'Remove the node';
  if ('removeExit' in fix) return 'Disconnect it';
  if ('setLabel' in fix) return `Call it “${fix.setLabel.label}”`;
  if ('setText' in fix) return `Write “${fix.setText.value}”`;
  if ('setNumber' in fix) return `Set it to ${fix.setNumber.value}`;
  if ('setShares' in fix) return `Make it ${fix.setShares.percents.join(' + ')}`;
  if ('moveBefore' in fix) return 'Move it up';
  return 'Remove it';
}

function inJson(
  { node, field }: { node: string; field: string },
  change: (now: Json, value: Json) => Json,
  value: Json,
): NodeChange {
  const path = pathOf(field);
  const apply = (of: FlowNode) => {
    const json = nodeJson(of);
    const now = getIn(json, path);
    if (now === undefined) return of;
    return parseNode(setIn(json, path, change(now, value)), 'node', node);
  };
  return { node, apply };
}

function shares(list: Json, percents: Json): Json {
  if (!isList(list) || !isList(percents)) return list;
  return list.map((share, i) => {
    const percent = percents[i];
    return percent === undefined ? share : setIn(share as Json, ['percent'], percent as Json);
  }) as Json;
}
