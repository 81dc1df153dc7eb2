import { describe, expect, it } from 'vitest';
import { fieldWords } from './field-words';
import { FLOW } from './fixtures/flows';
import { KINDS_BY_NAME } from './fixtures/palette';
import { parseNode } from './flow-json';

const words = (id: string, field: string) => {
  const node = FLOW.nodes.get(id);
  return node && fieldWords(node, field, KINDS_BY_NAME);
};

describe('what a finding is about', () => {
  it('is said in the words of the form', () => {
    expect(words('vip', 'exits.true')).toBe('True');
    expect(words('vip', 'exits.unknown')).toBe('unknown');
    expect(words('vip', 'kind.testVariable.test.right[0].text')).toBe('Condition');
    expect(words('language', 'kind.menu.timeoutMs')).toBe('Time to answer');
    expect(words('language', 'label')).toBe('Label');
    expect(words('language', 'id')).toBe('');
  });

  it('counts entries from one', () => {
    const cases = [{ value: 'x', exit: 'a' }];
    const node = parseNode({ kind: { switch: { variable: '_a', cases } } }, 'node', 's');
    const field = 'kind.switch.cases[0].value';
    expect(fieldWords(node, field, KINDS_BY_NAME)).toBe('Cases, entry 1, Value');
  });
});
