// The variables that a flow speaks of.
import type { Flow } from './flow';
import { isList, isRecord, type Json } from './json';

const INSERT = /\{([_$]\w+)\}/g;
const NAME = /^[_$]\w+$/;

/** Their names in order: those in parameters, in texts, and given by tests. */
export function variablesOf(flow: Flow): readonly string[] {
  const found = new Set<string>();
  const visit = (value: Json, key: string) => {
    if (typeof value === 'string') {
      if (key === 'variable' && NAME.test(value)) found.add(value);
      for (const [, name = ''] of value.matchAll(INSERT)) found.add(name);
    } else if (isList(value)) {
      for (const each of value) visit(each as Json, key);
    } else if (isRecord(value)) {
      for (const [name, each] of Object.entries(value)) visit(each as Json, name);
    }
  };
  for (const { params } of flow.nodes.values()) if (params !== null) visit(params, '');
  for (const { given } of flow.tests) {
    const variables = given['variables'];
    if (!isList(variables)) continue;
    for (const each of variables) {
      if (isRecord(each) && typeof each['name'] === 'string') found.add(each['name']);
    }
  }
  return [...found].sort();
}
