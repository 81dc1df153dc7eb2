// The form of one setting.
import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { Id, ItemOf, ResourceName } from '@/contract/admin';
import { useHotkeys } from '@/lib/hotkeys';
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import { FieldControl } from '../fields/field-control';
import { SAVE } from '../keys';
import { Conflict } from './conflict';
import { nameOf } from './data';
import css from './editor.module.css';
import { Foot } from './foot';
import { LeaveDialog } from './leave-dialog';
import { type Spec, sectionsFor } from './spec';
import { useDraft } from './use-draft';

interface EditorProps<R extends ResourceName> {
  spec: Spec<R>;
  /** Null for one that does not exist yet. */
  item: ItemOf<R> | null;
  onSaved: (id: Id) => void;
  onDeleted: () => void;
  onClose: () => void;
}

export function Editor<R extends ResourceName>(props: EditorProps<R>) {
  const { spec, item, onSaved, onDeleted, onClose } = props;
  const { one, Extra } = spec;
  const sections = sectionsFor(spec.sections, item === null);
  const draft = useDraft(spec, item);
  const [said, setSaid] = useState('');
  const form = useRef<HTMLFormElement>(null);
  useFocusFirst(form, item === null);
  const save = async () => {
    const saved = await draft.save();
    if (saved === null) {
      requestAnimationFrame(() => focusFault(form.current));
      return;
    }
    setSaid('Saved.');
    if (item === null) onSaved(saved.id);
  };
  useHotkeys([
    { chord: SAVE, run: () => void save() },
    { chord: { alt: false, key: 'Escape' }, run: onClose },
  ]);
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    void save();
  };
  return (
    <form className={css.form} ref={form} onSubmit={onSubmit} noValidate>
      <header className={css.head}>
        <h2 className={css.title} tabIndex={-1}>
          {item === null ? `New ${one}` : nameOf(draft.value)}
        </h2>
        <Button tone="quiet" label="Close" icon={<Icon name="cross" />} onClick={onClose} />
      </header>
      <div className={css.body}>
        {draft.theirs !== null && <Conflict spec={spec} draft={draft} theirs={draft.theirs} />}
        {sections.map(({ title, fields }) => (
          <fieldset key={title} className={css.section}>
            <legend className={css.legend}>{title}</legend>
            {fields.map((field) => (
              <FieldControl
                key={field.key}
                field={field}
                value={draft.value}
                errors={draft.errors}
                onChange={(value) => draft.set(field.key, value)}
              />
            ))}
          </fieldset>
        ))}
        {item !== null && Extra !== undefined && <Extra item={item} />}
      </div>
      <Foot spec={spec} item={item} draft={draft} said={said} onDeleted={onDeleted} />
      <LeaveDialog changed={draft.changed} what={one} />
    </form>
  );
}

/** What is opened takes the focus: a new one in its first field, another at its head. */
function useFocusFirst(form: { current: HTMLFormElement | null }, isNew: boolean): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when it opens
  useEffect(() => {
    form.current?.querySelector<HTMLElement>(isNew ? 'input, select' : 'h2')?.focus();
  }, []);
}

function focusFault(form: HTMLFormElement | null): void {
  form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
}
