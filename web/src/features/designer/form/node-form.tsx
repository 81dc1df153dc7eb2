// The form of the chosen node, made from its kind's description.
import { useMemo } from 'react';
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import { lookOf } from '../canvas/groups';
import { paramOf } from '../graph/words';
import { useDesigner, useDesignerState } from '../state/context';
import { EXITS, FORM } from '../state/regions';
import { Exits } from './exits';
import { Field } from './field';
import css from './form.module.css';
import { ParamField } from './param-field';
import { FormScopeContext, useFormScope } from './scope';

export function NodeForm({ id }: { id: string }) {
  const { vocabulary } = useDesigner();
  const node = useDesignerState(({ history }) => history.present.flow.nodes.get(id));
  const all = useDesignerState((state) => state.findings);
  const findings = useMemo(() => (all ?? []).filter((each) => each.node === id), [all, id]);
  const kindName = node?.kind ?? '';
  const scope = useMemo(() => ({ id, kind: kindName, findings }), [id, kindName, findings]);
  if (node === undefined) return null;
  const kind = vocabulary.kinds.get(node.kind);
  return (
    <FormScopeContext value={scope}>
      <div className={css.form} id={FORM}>
        <header className={css.head}>
          <h2 className={css.kind}>
            <Icon name={lookOf(kind?.group).icon} size={16} />
            {kind?.title ?? node.kind}
          </h2>
          <p className={css.hint}>{kind?.summary ?? 'This page does not know what it does.'}</p>
        </header>
        <LabelField label={node.label} />
        {kind?.params.map((param) => (
          <ParamField
            key={param.name}
            param={param}
            path={param.name === '' ? [] : [param.name]}
            value={paramOf(node, param)}
          />
        ))}
        <section className={css.section} id={EXITS} aria-label="Exits">
          <h3 className={css.subtitle}>Exits</h3>
          <Exits id={id} node={node} findings={findings} />
        </section>
        <NodeActions id={id} />
      </div>
    </FormScopeContext>
  );
}

function LabelField({ label }: { label: string }) {
  const { edit, endRun } = useDesigner();
  const { id, findings } = useFormScope();
  const own = findings.filter(({ field }) => field === 'label' || field === 'id');
  return (
    <Field title="Label" findings={own}>
      {(control) => (
        <input
          {...control}
          type="text"
          autoComplete="off"
          value={label}
          onChange={({ target }) =>
            edit({ type: 'rename', id, label: target.value }, `label of ${id}`)
          }
          onBlur={endRun}
        />
      )}
    </Field>
  );
}

function NodeActions({ id }: { id: string }) {
  const { edit } = useDesigner();
  const isStart = useDesignerState(({ history }) => history.present.flow.start === id);
  return (
    <div className={css.row}>
      {!isStart && (
        <Button
          size="small"
          icon={<Icon name="play" size={14} />}
          onClick={() => edit({ type: 'setStart', id })}
        >
          Start here
        </Button>
      )}
      <Button
        size="small"
        icon={<Icon name="trash" size={14} />}
        onClick={() => edit({ type: 'remove', ids: [id] })}
      >
        Remove
      </Button>
    </div>
  );
}
