// Where a node's exits lead: each chosen from a list, which is how wires are drawn by keyboard.
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import type { Finding } from '../api/wire';
import type { FlowNode } from '../graph/flow';
import { exitsOf } from '../graph/kinds';
import { addNode } from '../state/add';
import { only } from '../state/choice';
import { useDesigner, useFlow } from '../state/context';
import { Field } from './field';
import css from './form.module.css';

/** What the list offers beside the nodes. */
const NOWHERE = ' nowhere';
const NEW = ' new ';

interface ExitsProps {
  id: string;
  node: FlowNode;
  findings: readonly Finding[];
}

export function Exits({ id, node, findings }: ExitsProps) {
  const { vocabulary } = useDesigner();
  const exits = exitsOf(node, vocabulary.kinds);
  if (exits.length === 0) return <p className={css.hint}>Nothing comes after this.</p>;
  return (
    <ul className={css.exits}>
      {exits.map(({ name, title, stale }) => (
        <li key={name}>
          <ExitField
            from={id}
            exit={name}
            title={stale ? `${title} (no such exit)` : title}
            to={node.exits.get(name)}
            findings={findings.filter(({ field }) => field === `exits.${name}`)}
          />
        </li>
      ))}
    </ul>
  );
}

interface ExitFieldProps {
  from: string;
  exit: string;
  title: string;
  to: string | undefined;
  findings: readonly Finding[];
}

function ExitField({ from, exit, title, to, findings }: ExitFieldProps) {
  const designer = useDesigner();
  const { edit, choose, vocabulary } = designer;
  const flow = useFlow();
  const link = { from, exit };
  const lead = (next: string) => {
    if (next === NOWHERE) edit({ type: 'disconnect', links: [link] });
    else if (next.startsWith(NEW)) addNode(designer, next.slice(NEW.length), { from: link });
    else edit({ type: 'connect', link, to: next });
  };
  const gone = to !== undefined && !flow.nodes.has(to);
  return (
    <Field title={title} findings={findings}>
      {(control) => (
        <div className={css.pair}>
          <select {...control} value={to ?? NOWHERE} onChange={(event) => lead(event.target.value)}>
            <option value={NOWHERE}>leads nowhere</option>
            {gone && <option value={to}>{to}, not found</option>}
            <optgroup label="Nodes">
              {[...flow.nodes].map(([each, { label }]) => (
                <option key={each} value={each}>
                  {label || each}
                </option>
              ))}
            </optgroup>
            <optgroup label="A new node">
              {[...vocabulary.kinds.values()].map((kind) => (
                <option key={kind.kind} value={NEW + kind.kind}>
                  New: {kind.title}
                </option>
              ))}
            </optgroup>
          </select>
          <Button
            tone="quiet"
            size="small"
            label={`Go where ${title} leads`}
            icon={<Icon name="target" size={16} />}
            disabled={to === undefined || gone}
            onClick={() => to !== undefined && choose(only(to), 'node')}
          />
        </div>
      )}
    </Field>
  );
}
