// Beside the drawing: the chosen node, what is wrong, the tests and the versions.
import { type KeyboardEvent, useId } from 'react';
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import { Message } from '@/ui/message';
import { NodeForm } from '../form/node-form';
import { Problems } from '../problems/problems';
import { single } from '../state/choice';
import { useDesigner, useDesignerState } from '../state/context';
import type { DesignerState, Panel } from '../state/designer';
import { TestsPanel } from '../tests/tests-panel';
import { VersionsPanel } from '../versions/versions-panel';
import css from './side.module.css';

const PANELS: readonly { panel: Panel; title: string; count: (state: DesignerState) => number }[] =
  [
    { panel: 'node', title: 'Node', count: () => 0 },
    { panel: 'problems', title: 'Problems', count: ({ findings }) => findings?.length ?? 0 },
    { panel: 'tests', title: 'Tests', count: ({ reports }) => failing(reports) },
    { panel: 'versions', title: 'Versions', count: () => 0 },
  ];

function failing(reports: DesignerState['reports']): number {
  return [...reports.values()].filter(({ faults }) => faults.length > 0).length;
}

export function Side() {
  const { set } = useDesigner();
  const panel = useDesignerState((state) => state.panel);
  const opened = useDesignerState((state) => state.opened);
  const id = useId();
  return (
    <aside className={css.side} data-opened={opened || undefined} aria-label="Details">
      <div className={css.top}>
        <div className={css.tabs} role="tablist" aria-label="Details" onKeyDown={moveTab}>
          {PANELS.map((each) => (
            <Tab key={each.panel} {...each} id={id} chosen={each.panel === panel} />
          ))}
        </div>
        <Button
          className={css.close ?? ''}
          tone="quiet"
          size="small"
          label="Close the details"
          icon={<Icon name="cross" size={16} />}
          onClick={() => set({ opened: false })}
        />
      </div>
      <div
        className={css.panel}
        role="tabpanel"
        id={`${id}-panel`}
        aria-labelledby={`${id}-${panel}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keyboard
        tabIndex={0}
      >
        <PanelBody panel={panel} />
      </div>
    </aside>
  );
}

interface TabProps {
  panel: Panel;
  title: string;
  count: (state: DesignerState) => number;
  id: string;
  chosen: boolean;
}

function Tab({ panel, title, count, id, chosen }: TabProps) {
  const { set } = useDesigner();
  const number = useDesignerState(count);
  return (
    <button
      type="button"
      role="tab"
      id={`${id}-${panel}`}
      className={css.tab}
      aria-selected={chosen}
      aria-controls={`${id}-panel`}
      tabIndex={chosen ? 0 : -1}
      onClick={() => set({ panel, opened: true })}
    >
      {title}
      {number > 0 && <span className={css.count}>{number}</span>}
    </button>
  );
}

/** Left and right go from tab to tab. */
function moveTab(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (step === undefined) return;
  const tabs = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="tab"]')];
  const at = tabs.indexOf(document.activeElement as HTMLElement);
  const next = tabs[(at + step + tabs.length) % tabs.length];
  next?.focus();
  next?.click();
}

function PanelBody({ panel }: { panel: Panel }) {
  switch (panel) {
    case 'node':
      return <ChosenNode />;
    case 'problems':
      return <Problems />;
    case 'tests':
      return <TestsPanel />;
    case 'versions':
      return <VersionsPanel />;
  }
}

function ChosenNode() {
  const { edit } = useDesigner();
  const choice = useDesignerState((state) => state.choice);
  const id = single(choice);
  if (id !== null) return <NodeForm key={id} id={id} />;
  const { nodes, links } = choice;
  if (nodes.size + links.length === 0) {
    return (
      <Message icon="target" title="Nothing is chosen">
        <p>Choose a node to see and change what it does.</p>
      </Message>
    );
  }
  const remove = () => edit({ type: 'remove', ids: [...choice.nodes], links: choice.links });
  return (
    <Message
      icon="target"
      title={chosenWords(nodes.size, links.length)}
      actions={
        <Button icon={<Icon name="trash" size={16} />} onClick={remove}>
          Remove
        </Button>
      }
    />
  );
}

/** A frame drawn around nodes also takes in their wires: those go without saying. */
function chosenWords(nodes: number, links: number): string {
  if (nodes > 0) return `${nodes} nodes are chosen`;
  return links === 1 ? 'A wire is chosen' : `${links} wires are chosen`;
}
