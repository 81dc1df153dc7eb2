// Where a node's exits lead: each chosen from a list, which is how wires are drawn by keyboard.
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import type { Finding } from '../api/wire';
import type { FlowNode } from '../graph/flow';
import { exitsOf } from '../graph/kinds';
import { addNode } from '../state/add';
import { only } from '../state/choice';
import { useDesigner, useFlow } from '../state/context';
import { focusNode } from '../state/regions';
import { Field } from './field';
import css from './form.module.css';
import { TargetPicker } from './target-picker';
import type { Target } from './targets';

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
  const { edit, choose } = designer;
  const flow = useFlow();
  const link = { from, exit };
  const lead = ({ type, id }: Target) => {
    if (type === 'nowhere') edit({ type: 'disconnect', links: [link] });
    else if (type === 'node') edit({ type: 'connect', link, to: id });
    else focusNode(addNode(designer, id, { from: link }) ?? from);
  };
  const there = to !== undefined && flow.nodes.has(to);
  return (
    <Field title={title} findings={findings}>
      {(control) => (
        <div className={css.pair}>
          <TargetPicker control={control} from={from} to={to} onPick={lead} />
          <Button
            tone="quiet"
            size="small"
            label={`Go where ${title} leads`}
            icon={<Icon name="target" size={16} />}
            disabled={!there}
            onClick={() => there && choose(only(to), 'node')}
          />
        </div>
      )}
    </Field>
  );
}
