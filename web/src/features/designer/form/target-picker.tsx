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
  const flow = useFlow();
  const { list, typed, offered, active, openWith, close, pick, onKeyDown } = useTargets(
    from,
    to,
    onPick,
  );
  const label = to === undefined ? '' : (flow.nodes.get(to)?.label ?? `${to}, not found`);
  return (
    <div className={css.picker}>
      <input
        {...control}
        type="text"
        role="combobox"
        aria-expanded={typed !== null}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={offered.length > 0 ? optionId(list, active) : undefined}
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
          <Option
            key={`${target.type} ${target.id}`}
            id={optionId(list, index)}
            target={target}
            active={index === active}
            onPick={pick}
          />
        ))}
        {offered.length === 0 && <p className={css.none}>Nothing matches.</p>}
      </div>
    </div>
  );
}

const optionId = (list: string, index: number) => `${list}-${index}`;

/** The list under the field: opened by typing, arrows or a click, and gone over by the arrows. */
function useTargets(from: string, to: string | undefined, onPick: (target: Target) => void) {
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
  const move = (index: number) => {
    const next = Math.min(offered.length - 1, Math.max(0, index));
    setActive(next);
    document.getElementById(optionId(list, next))?.scrollIntoView({ block: 'nearest' });
  };
  const close = () => setTyped(null);
  const openWith = (text: string) => {
    setTyped(text);
    const found = targets(flow, vocabulary.kinds, from, text);
    setActive(Math.max(0, text === '' ? found.findIndex(({ id }) => id === (to ?? '')) : 0));
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
  return { list, typed, offered, active, openWith, close, pick, onKeyDown };
}

interface OptionProps {
  id: string;
  target: Target;
  active: boolean;
  onPick: (target: Target) => void;
}

function Option({ id, target, active, onPick }: OptionProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field above moves and chooses
    // biome-ignore lint/a11y/useFocusableInteractive: reached through aria-activedescendant
    <div
      id={id}
      role="option"
      className={css.option}
      aria-selected={active}
      // The field keeps the focus: losing it would close the list before the click.
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => onPick(target)}
    >
      <Icon name={ICONS[target.type]} size={14} />
      <bdi>{target.title}</bdi>
    </div>
  );
}

const ICONS = { nowhere: 'cross', node: 'target', kind: 'plus' } as const;
