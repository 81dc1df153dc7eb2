// The choice itself: a listbox under the search field, which keeps the focus.
import { useEffect } from 'react';
import { Icon, type IconName } from '@/ui/icon';
import { UntrustedText } from '@/ui/untrusted-text';
import type { Target, TargetOption } from '../model/target';
import css from './transfer.module.css';

const KINDS: readonly { kind: Target['kind']; title: string; icon: IconName }[] = [
  { kind: 'number', title: 'Number', icon: 'phone' },
  { kind: 'agent', title: 'Colleagues', icon: 'user' },
  { kind: 'queue', title: 'Queues', icon: 'queue' },
];

interface TargetListProps {
  id: string;
  options: TargetOption[];
  chosen: TargetOption | undefined;
  optionId: (option: TargetOption) => string;
  empty: string;
  more: boolean;
  onChoose: (option: TargetOption) => void;
}

export function TargetList(props: TargetListProps) {
  const { id, options, chosen, optionId, empty, more, onChoose } = props;
  const chosenId = chosen && optionId(chosen);
  useEffect(() => {
    if (chosenId !== undefined)
      document.getElementById(chosenId)?.scrollIntoView({ block: 'nearest' });
  }, [chosenId]);
  return (
    <div
      className={css.list}
      id={id}
      role="listbox"
      aria-label="Colleagues and queues"
      tabIndex={-1}
    >
      {KINDS.map(({ kind, title, icon }) => {
        const group = options.filter(({ target }) => target.kind === kind);
        if (group.length === 0) return null;
        return (
          // biome-ignore lint/a11y/useSemanticElements: a group of options, not of form fields
          <div key={kind} role="group" aria-label={title}>
            <p className={css.group} aria-hidden="true">
              {title}
            </p>
            {group.map((option) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the search field above moves and chooses
              // biome-ignore lint/a11y/useFocusableInteractive: reached through aria-activedescendant
              <div
                key={optionId(option)}
                id={optionId(option)}
                className={css.option}
                role="option"
                aria-selected={optionId(option) === chosenId}
                onClick={() => onChoose(option)}
              >
                <Icon name={icon} size={16} />
                <span className={css.name}>
                  <UntrustedText text={option.target.name} />
                </span>
                <span className={css.note} data-free={option.free || undefined}>
                  <Icon name={option.free ? 'check' : 'clock'} size={14} />
                  {option.note}
                </span>
              </div>
            ))}
          </div>
        );
      })}
      {options.length === 0 && <p className={css.none}>{empty}</p>}
      {more && <p className={css.none}>There are more. Type a part of the name.</p>}
    </div>
  );
}
