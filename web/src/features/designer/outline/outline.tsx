// The flow as a list, equal to the canvas: every node in reading order with where its exits lead.
import { memo, useMemo, useState } from 'react';
import { Icon } from '@/ui/icon';
import { Message } from '@/ui/message';
import type { Finding } from '../api/wire';
import { lookOf } from '../canvas/groups';
import type { Flow, FlowNode } from '../graph/flow';
import { shownExits } from '../graph/geometry';
import { reachable, readingOrder } from '../graph/outline';
import { litBy, UNLIT } from '../graph/trace';
import type { Vocabulary } from '../graph/vocabulary';
import { summaryOf } from '../graph/words';
import { only } from '../state/choice';
import { useDesigner, useDesignerState, useFlow } from '../state/context';
import { outlineId } from '../state/regions';
import css from './outline.module.css';

export function Outline() {
  const designer = useDesigner();
  const { vocabulary } = designer;
  const flow = useFlow();
  const choice = useDesignerState((state) => state.choice);
  const findings = useDesignerState((state) => state.findings);
  const live = useDesignerState((state) => state.live);
  const shown = useDesignerState(({ shown: name, reports }) =>
    name === null ? undefined : reports.get(name),
  );
  const lit = useMemo(() => (shown ? litBy(shown.steps, flow) : UNLIT), [shown, flow]);
  const [search, setSearch] = useState('');
  const order = useMemo(() => readingOrder(flow, vocabulary.kinds), [flow, vocabulary]);
  const reached = useMemo(() => reachable(flow), [flow]);
  const worst = useMemo(() => worstByNode(findings ?? []), [findings]);
  const wish = search.trim().toLowerCase();
  const found = order.filter((id) => wish === '' || wordsOf(flow, id, vocabulary).includes(wish));
  return (
    <section className={css.outline} aria-label="Outline">
      <label className={css.search}>
        <span className={css.unseen}>Find a node of this script</span>
        <Icon name="search" size={16} />
        <input
          type="search"
          autoComplete="off"
          placeholder="Find in this script"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      </label>
      {order.length === 0 && (
        <Message icon="script" title="Nothing is drawn yet">
          <p>Add what the customer meets first.</p>
        </Message>
      )}
      <ol className={css.nodes}>
        {found.map((id) => {
          const node = flow.nodes.get(id);
          if (node === undefined) return null;
          return (
            <OutlineNode
              key={id}
              id={id}
              node={node}
              flow={flow}
              vocabulary={vocabulary}
              chosen={choice.nodes.has(id)}
              lit={lit.nodes.has(id)}
              reached={reached.has(id)}
              worst={worst.get(id) ?? null}
              live={live === null ? null : (live.get(id) ?? 0)}
              onChoose={designer.choose}
            />
          );
        })}
      </ol>
      {found.length === 0 && order.length > 0 && (
        <p className={css.none}>No node matches “{search.trim()}”.</p>
      )}
    </section>
  );
}

interface OutlineNodeProps {
  id: string;
  node: FlowNode;
  flow: Flow;
  vocabulary: Vocabulary;
  chosen: boolean;
  lit: boolean;
  reached: boolean;
  worst: Finding['severity'] | null;
  live: number | null;
  onChoose: ReturnType<typeof useDesigner>['choose'];
}

const OutlineNode = memo(function OutlineNode(props: OutlineNodeProps) {
  const { id, node, flow, vocabulary, chosen, lit, reached, worst, live, onChoose } = props;
  const kind = vocabulary.kinds.get(node.kind);
  const summary = summaryOf(node, vocabulary);
  return (
    <li className={css.node} data-chosen={chosen || undefined} data-lit={lit || undefined}>
      <button
        type="button"
        className={css.head}
        id={outlineId(id)}
        aria-pressed={chosen}
        onClick={() => onChoose(only(id), 'node')}
      >
        <Icon name={lookOf(kind?.group).icon} size={16} />
        <span className={css.label}>
          <bdi>{node.label || '(no label)'}</bdi>
          <small>
            {kind?.title ?? node.kind}
            {summary !== '' && (
              <>
                {': '}
                <bdi>{summary}</bdi>
              </>
            )}
          </small>
        </span>
        {flow.start === id && <span className={css.tag}>Start</span>}
        {!reached && <span className={css.tag}>Not reached</span>}
        {live !== null && live > 0 && <span className={css.tag}>{live} here now</span>}
        {worst !== null && (
          <span className={css.worst} data-worst={worst}>
            <Icon name="warning" size={16} />
            <span className={css.unseen}>
              {worst === 'error' ? 'has an error' : 'has a warning'}
            </span>
          </span>
        )}
      </button>
      <ul className={css.exits}>
        {shownExits(node, vocabulary.kinds).map(({ name, title, stale }) => (
          <li key={name} data-stale={stale || undefined}>
            <bdi>{title}</bdi>
            <span aria-hidden="true">→</span>
            <ExitTarget to={node.exits.get(name)} flow={flow} />
          </li>
        ))}
      </ul>
    </li>
  );
});

function ExitTarget({ to, flow }: { to: string | undefined; flow: Flow }) {
  if (to === undefined) return <span className={css.nowhere}>leads nowhere</span>;
  const target = flow.nodes.get(to);
  if (target === undefined) return <span className={css.nowhere}>{to}, not found</span>;
  return (
    <button
      type="button"
      className={css.target}
      onClick={() => document.getElementById(outlineId(to))?.focus()}
    >
      <bdi>{target.label || to}</bdi>
    </button>
  );
}

function worstByNode(findings: readonly Finding[]): ReadonlyMap<string, Finding['severity']> {
  const worst = new Map<string, Finding['severity']>();
  for (const { node, severity } of findings) {
    if (node !== null && worst.get(node) !== 'error') worst.set(node, severity);
  }
  return worst;
}

/** What a search looks at. */
function wordsOf(flow: Flow, id: string, vocabulary: Vocabulary): string {
  const node = flow.nodes.get(id);
  if (node === undefined) return '';
  const title = vocabulary.kinds.get(node.kind)?.title ?? node.kind;
  return `${node.label} ${title} ${JSON.stringify(node.params)} ${summaryOf(node, vocabulary)}`.toLowerCase();
}
