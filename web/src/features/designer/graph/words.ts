// Parameters as people say them: on a node's card, and in the difference of two flows.
import type { FlowNode } from './flow';
import { getIn, isList, isRecord, type Json } from './json';
import type { ParamDescription } from './kinds';
import { queueTestOf, queueTestValue } from './queue-tests';
import { nameOf, type PickKind, type Vocabulary } from './vocabulary';

/** The line under a node's label: what its first parameter says. */
export function summaryOf(node: FlowNode, vocabulary: Vocabulary): string {
  const [first] = vocabulary.kinds.get(node.kind)?.params ?? [];
  if (first === undefined) return '';
  const words = valueWords(first, paramOf(node, first), vocabulary);
  return words === NOTHING ? '' : words;
}

const NOTHING = 'nothing';

/** The value of a parameter; the nameless one is the whole of the kind's object. */
export function paramOf(node: FlowNode, param: ParamDescription): Json | undefined {
  if (node.params === null) return undefined;
  return param.name === '' ? node.params : getIn(node.params, [param.name]);
}

export function valueWords(
  param: ParamDescription,
  value: Json | undefined,
  vocabulary: Vocabulary,
): string {
  if (value === undefined || value === null || value === '') return NOTHING;
  const { names } = vocabulary;
  switch (param.type) {
    case 'condition':
      return conditionWords(value, vocabulary);
    case 'millis':
      return msWords(Number(value));
    case 'flag':
      return value === true ? 'yes' : 'no';
    case 'queue':
    case 'skill':
    case 'schedule':
    case 'script':
      return value === 0 ? NOTHING : nameOf(names, param.type as PickKind, value);
    case 'queueTest':
      return queueTestWords(value);
    case 'namedAgent': {
      const agent = getIn(value, ['agent']);
      if (agent !== undefined) return nameOf(names, 'agent', agent);
      return `the agent in ${textAt(value, 'variable')}`;
    }
    case 'namedNumber':
      return textAt(value, 'number') || `the number in ${textAt(value, 'variable')}`;
    case 'object':
      return fieldsWords(param.fields ?? [], value, vocabulary);
    case 'list':
      if (!isList(value)) return NOTHING;
      return value
        .map((entry) => fieldsWords(param.fields ?? [], entry as Json, vocabulary))
        .join('; ');
    default:
      return typeof value === 'object' ? JSON.stringify(value) : String(value);
  }
}

function fieldsWords(fields: readonly ParamDescription[], value: Json, all: Vocabulary): string {
  return fields.map((field) => valueWords(field, getIn(value, [field.name]), all)).join(' → ');
}

function textAt(value: Json, key: string): string {
  const text = getIn(value, [key]);
  return typeof text === 'string' ? text : '';
}

/** `_tier equals “VIP” and (_a is empty or _b is empty)`. */
export function conditionWords(condition: Json, vocabulary: Vocabulary, inner = false): string {
  for (const [group, word] of [
    ['all', ' and '],
    ['any', ' or '],
  ] as const) {
    const parts = getIn(condition, [group]);
    if (!isList(parts)) continue;
    const words = parts.map((part) => conditionWords(part as Json, vocabulary, true)).join(word);
    return inner && parts.length > 1 ? `(${words})` : words;
  }
  const test = getIn(condition, ['test']);
  if (!isRecord(test)) return NOTHING;
  const operator = textAt(test as Json, 'operator');
  const title = vocabulary.operators.get(operator)?.title ?? operator;
  const right = getIn(test as Json, ['right']);
  const operands = isList(right) ? right.map((each) => operandWords(each as Json)) : [];
  return `${textAt(test as Json, 'variable')} ${title} ${operands.join(', ')}`.trimEnd();
}

function operandWords(operand: Json): string {
  const variable = getIn(operand, ['variable']);
  return typeof variable === 'string' ? variable : `“${textAt(operand, 'text')}”`;
}

/** `more wait than 9`. */
function queueTestWords(value: Json): string {
  const test = queueTestOf(value);
  if (test === undefined) return JSON.stringify(value);
  const title = test.title[0]?.toLowerCase() + test.title.slice(1);
  if (test.value === null) return title;
  const number = Number(queueTestValue(value));
  return `${title} ${test.value.type === 'millis' ? msWords(number) : number}`;
}

/** `250 ms`, `15 s`, `1.5 min`, `2 h`: the largest unit that needs one digit behind the point at most. */
export function msWords(ms: number): string {
  const units = [
    [3_600_000, 'h'],
    [60_000, 'min'],
    [1_000, 's'],
  ] as const;
  const [size, unit] = units.find(([each]) => ms >= each && (ms * 10) % each === 0) ?? [1, 'ms'];
  return `${ms / size} ${unit}`;
}
