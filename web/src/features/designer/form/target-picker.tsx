// Where an exit leads: a search field over the nodes there are and the kinds there could be.
import { type KeyboardEvent, useId, useMemo, useState } from 'react';
import { Icon } from '@/ui/icon';
import { useDesigner, useFlow } from '../state/context';
import type { ControlProps } from './field';
import css from './target-picker.module.css';
import { type Target, targets } from './targets';

interface TargetPickerProps {
  control: ControlProps;
  /** Whose exit it is: it is offered last, for a loop is seldom meant. */
  from: string;
  to: string | undefined;
  onPick: (target: Target) => void;
}

export function TargetPicker({ control, from, to, onPick }: TargetPickerProps) {
  const { vocabulary } = useDesigner();
  const flow = useFlow();
  const list = useId();
  /** What was typed; null while the list is closed. */
  const [typed, setTyped] = useState<string | null>(null);
  const [active, setActive] = useState(0);
  const offered = useMemo(
    () => (typed === null ? [] : targets(flow, vocabulary.kinds, from, typed)),
    [flow, vocabulary, from, typed],
  );
  const label = to === undefined ? '' : (flow.nodes.get(to)?.label ?? `${to}, not found`);
  const optionId = (index: number) => `${list}-${index}`;
  const move = (index: number) => {
    const next = Math.min(offered.length - 1, Math.max(0, index));
    setActive(next);
    document.getElementById(optionId(next))?.scrollIntoView({ block: 'nearest' });
  };
  const close = () => setTyped(null);
  const openWith = (text: string) => {
    setTyped(text);
    setActive(0);
  };
  const pick = (target: Target | undefined) => {
    if (target === undefined) return;
    close();
    onPick(target);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      if (typed === null) openWith('');
      else move(active + step);
    } else if (event.key === 'Enter' && typed !== null) {
      event.preventDefault();
      pick(offered[active]);
    } else if (event.key === 'Escape' && typed !== null) {
      event.stopPropagation();
      close();
    }
  };
  return (
    <div className={css.picker}>
      <input
        {...control}
        type="text"
        role="combobox"
        aria-expanded={typed !== null}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={typed !== null && offered.length > 0 ? optionId(active) : undefined}
        autoComplete="off"
        placeholder="leads nowhere"
        value={typed ?? label}
        onChange={({ target }) => openWith(target.value)}
        onClick={({ currentTarget }) => {
          openWith('');
          currentTarget.select();
        }}
        onKeyDown={onKeyDown}
        onBlur={close}
      />
      <div
        id={list}
        role="listbox"
        aria-label="Where it leads"
        className={css.list}
        hidden={typed === null}
      >
        {offered.map((target, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field above moves and chooses
          // biome-ignore lint/a11y/useFocusableInteractive: reached through aria-activedescendant
          <div
            key={`${target.type} ${target.id}`}
            id={optionId(index)}
            role="option"
            className={css.option}
            aria-selected={index === active}
            // The field keeps the focus: losing it would close the list before the click.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => pick(target)}
          >
            <Icon name={ICONS[target.type]} size={14} />
            <bdi>{target.title}</bdi>
          </div>
        ))}
        {offered.length === 0 && <p className={css.none}>Nothing matches.</p>}
      </div>
    </div>
  );
}

const ICONS = { nowhere: 'cross', node: 'target', kind: 'plus' } as const;
