// Which part of a node a finding is about, in the words of its form.
import type { FlowNode } from './flow';
import { pathOf } from './json';
import { exitsOf, type Kinds, type ParamDescription } from './kinds';

/** `exits.true` is “True”, `kind.split.shares[1].percent` is “Shares, entry 2, Percent”. */
export function fieldWords(node: FlowNode, field: string, kinds: Kinds): string {
  if (field === 'label') return 'Label';
  if (field.startsWith('exits.')) {
    const name = field.slice('exits.'.length);
    return exitsOf(node, kinds).find((exit) => exit.name === name)?.title ?? name;
  }
  const params = kinds.get(node.kind)?.params ?? [];
  const [, , ...path] = pathOf(field);
  const whole = params.find(({ name }) => name === '');
  if (whole !== undefined) return whole.title;
  return titles(params, path).join(', ');
}

function titles(params: readonly ParamDescription[], path: readonly (string | number)[]): string[] {
  const [name, ...rest] = path;
  const param = params.find((each) => each.name === name);
  if (param === undefined) return [];
  const [entry, ...inside] = rest;
  if (typeof entry !== 'number') return [param.title, ...titles(param.fields ?? [], rest)];
  return [param.title, `entry ${entry + 1}`, ...titles(param.fields ?? [], inside)];
}
