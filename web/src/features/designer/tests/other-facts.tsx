// What else a test gives: facts that have no field of their own here yet, as their JSON.
import { useState } from 'react';
import { Field } from '../form/field';
import formCss from '../form/form.module.css';
import { isRecord, type JsonRecord } from '../graph/json';
import type { TestPartProps } from './test-editor';

/** Those that the editor has fields for. */
const KNOWN: readonly string[] = [
  'at',
  'callExits',
  'digits',
  'queueExits',
  'queues',
  'recordings',
  'system',
  'variables',
];

export function OtherFacts({ test, onChange }: TestPartProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const [known, other] = parted(test.given);
  const kept = Object.keys(other).length === 0 ? '' : JSON.stringify(other, null, 2);
  const text = typed ?? kept;
  const facts = text.trim() === '' ? {} : parse(text);
  const leave = () => {
    if (facts === null) return;
    if (typed !== null) onChange({ ...test, given: { ...parted(facts)[1], ...known } });
    setTyped(null);
  };
  return (
    <Field
      title="Other facts"
      hint="As JSON, such as the answers to Get from API."
      fault={facts === null ? 'This is not a JSON object.' : null}
    >
      {(control) => (
        <textarea
          {...control}
          className={`${formCss.control} ${formCss.code}`}
          rows={Math.min(12, text.split('\n').length)}
          spellCheck={false}
          placeholder='{"apiAnswers": [{"exit": "ok", "values": {"_tier": "VIP"}}]}'
          value={text}
          onChange={({ target }) => setTyped(target.value)}
          onBlur={leave}
        />
      )}
    </Field>
  );
}

function parted(given: JsonRecord): [JsonRecord, JsonRecord] {
  const entries = Object.entries(given);
  return [
    Object.fromEntries(entries.filter(([key]) => KNOWN.includes(key))),
    Object.fromEntries(entries.filter(([key]) => !KNOWN.includes(key))),
  ];
}

function parse(text: string): JsonRecord | null {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? (value as JsonRecord) : null;
  } catch {
    return null;
  }
}
