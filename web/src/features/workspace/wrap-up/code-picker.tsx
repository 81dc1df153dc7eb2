// Transaction codes: type to find, arrows to move, Enter to choose. A listbox under a search field.
import { useId, useMemo, useState } from 'react';
import type { TransactionCode } from '@/contract/types';
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import { type CodeGroup, codeGroups, codePath } from '../model/code-tree';
import { useActiveCode } from './use-active-code';
import css from './wrap-up.module.css';

interface CodePickerProps {
  codes: TransactionCode[];
  required: boolean;
  chosen: number[];
  onChange: (codes: number[]) => void;
}

export function CodePicker({ codes, required, chosen, onChange }: CodePickerProps) {
  const id = useId();
  const [search, setSearch] = useState('');
  const groups = useMemo(() => codeGroups(codes, search), [codes, search]);
  const shown = groups.flatMap((group) => group.codes);
  const option = (code: number) => `${id}-${code}`;

  const toggle = (code: number) =>
    onChange(chosen.includes(code) ? chosen.filter((each) => each !== code) : [...chosen, code]);
  const { active, reset, onKeyDown } = useActiveCode(shown, option, toggle);

  return (
    <div>
      <label className={css.label} htmlFor={`${id}-search`}>
        Transaction codes <small>{required ? 'at least one' : 'optional'}</small>
      </label>
      <Chosen codes={codes} chosen={chosen} onRemove={toggle} />
      <input
        className={css.search}
        id={`${id}-search`}
        type="text"
        role="combobox"
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={active && option(active.id)}
        aria-autocomplete="list"
        autoComplete="off"
        placeholder="Search codes"
        value={search}
        onChange={(event) => {
          setSearch(event.target.value);
          reset();
        }}
        onKeyDown={onKeyDown}
      />
      <div
        className={css.list}
        id={`${id}-list`}
        role="listbox"
        aria-multiselectable="true"
        aria-label="Transaction codes"
        tabIndex={-1}
      >
        {groups.map((group) => (
          <Group
            key={group.title}
            group={group}
            chosen={chosen}
            activeId={active?.id}
            option={option}
            onToggle={toggle}
          />
        ))}
        {shown.length === 0 && <p className={css.none}>No code matches “{search}”.</p>}
      </div>
    </div>
  );
}

interface GroupProps {
  group: CodeGroup;
  chosen: number[];
  activeId: number | undefined;
  option: (code: number) => string;
  onToggle: (code: number) => void;
}

function Group({ group, chosen, activeId, option, onToggle }: GroupProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of options, not of form fields
    <div role="group" aria-label={group.title === '' ? 'Codes' : group.title}>
      {group.title !== '' && (
        <p className={css.group} aria-hidden="true">
          {group.title}
        </p>
      )}
      {group.codes.map((code) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the search field above moves and chooses
        // biome-ignore lint/a11y/useFocusableInteractive: reached through aria-activedescendant
        <div
          key={code.id}
          className={css.code}
          id={option(code.id)}
          role="option"
          aria-selected={chosen.includes(code.id)}
          data-active={code.id === activeId || undefined}
          onClick={() => onToggle(code.id)}
        >
          <span className={css.box}>
            {chosen.includes(code.id) && <Icon name="check" size={14} />}
          </span>
          {code.text}
        </div>
      ))}
    </div>
  );
}

interface ChosenProps {
  codes: TransactionCode[];
  chosen: number[];
  onRemove: (code: number) => void;
}

function Chosen({ codes, chosen, onRemove }: ChosenProps) {
  const known = codes.filter((code) => chosen.includes(code.id));
  if (known.length === 0) return null;
  return (
    <div className={css.chosen}>
      {known.map((code) => (
        <Button
          key={code.id}
          size="small"
          icon={<Icon name="cross" size={12} />}
          aria-label={`Remove ${codePath(code, codes)}`}
          onClick={() => onRemove(code.id)}
        >
          {codePath(code, codes)}
        </Button>
      ))}
    </div>
  );
}
