// The nodes and exits that a test's run must pass, in this order; others may lie between.
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import formCss from '../form/form.module.css';
import { exitsOf } from '../graph/kinds';
import { useDesigner, useFlow } from '../state/context';
import type { TestPartProps } from './test-editor';
import { records, setExpected } from './test-json';
import css from './tests.module.css';

interface Passage {
  node: string;
  exit: string;
}

export function Through({ test, onChange }: TestPartProps) {
  const flow = useFlow();
  const passages = records(test.expect['through']).map((each) => ({
    node: String(each['node'] ?? ''),
    exit: String(each['exit'] ?? ''),
  }));
  const set = (next: Passage[]) => onChange(setExpected(test, ['through'], next.map(json)));
  const last = passages.at(-1)?.node ?? flow.start;
  return (
    <fieldset className={formCss.list}>
      <legend className={formCss.title}>It passes, in this order</legend>
      {passages.map((passage, at) => (
        <PassageRow
          // biome-ignore lint/suspicious/noArrayIndexKey: a passage has no identity but its place
          key={at}
          number={at + 1}
          passage={passage}
          onChange={(next) => set(passages.map((each, i) => (i === at ? next : each)))}
          onRemove={() => set(passages.filter((_, i) => i !== at))}
        />
      ))}
      <Button
        size="small"
        icon={<Icon name="plus" size={14} />}
        disabled={flow.nodes.size === 0}
        onClick={() => set([...passages, { node: last, exit: '' }])}
      >
        Add a node
      </Button>
    </fieldset>
  );
}

const json = ({ node, exit }: Passage) => ({ node, exit });

interface PassageRowProps {
  number: number;
  passage: Passage;
  onChange: (passage: Passage) => void;
  onRemove: () => void;
}

function PassageRow({ number, passage, onChange, onRemove }: PassageRowProps) {
  const { vocabulary } = useDesigner();
  const flow = useFlow();
  const node = flow.nodes.get(passage.node);
  const exits = node === undefined ? [] : exitsOf(node, vocabulary.kinds);
  const known = exits.some(({ name }) => name === passage.exit);
  return (
    <div className={css.passage}>
      <select
        className={formCss.control}
        aria-label={`Node ${number}`}
        value={passage.node}
        onChange={({ target }) => onChange({ node: target.value, exit: '' })}
      >
        {node === undefined && <option value={passage.node}>{passage.node}, not found</option>}
        {[...flow.nodes].map(([id, { label }]) => (
          <option key={id} value={id}>
            {label || id}
          </option>
        ))}
      </select>
      <select
        className={formCss.control}
        aria-label={`Exit of node ${number}`}
        value={passage.exit}
        onChange={({ target }) => onChange({ ...passage, exit: target.value })}
      >
        {!known && <option value={passage.exit}>{passage.exit || 'Choose an exit…'}</option>}
        {exits.map(({ name, title }) => (
          <option key={name} value={name}>
            {title}
          </option>
        ))}
      </select>
      <Button
        tone="quiet"
        size="small"
        label={`Remove node ${number}`}
        icon={<Icon name="cross" size={14} />}
        onClick={onRemove}
      />
    </div>
  );
}
