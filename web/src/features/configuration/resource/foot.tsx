// Below the form of a setting: what was refused, and what can be done.
import { useState } from 'react';
import type { ItemOf, ResourceName } from '@/contract/admin';
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import { SAVE } from '../keys';
import { elsewhere } from './check';
import { DeleteDialog } from './delete-dialog';
import css from './editor.module.css';
import type { Spec } from './spec';
import type { Draft } from './use-draft';

interface FootProps<R extends ResourceName> {
  spec: Spec<R>;
  item: ItemOf<R> | null;
  draft: Draft<R>;
  /** What became of the last saving. */
  said: string;
  onDeleted: () => void;
}

export function Foot<R extends ResourceName>({ spec, item, draft, said, onDeleted }: FootProps<R>) {
  const [deleting, setDeleting] = useState(false);
  const others = elsewhere(draft.errors, spec.sections);
  const bad = draft.refusal !== null || others.length > 0;
  return (
    <footer className={css.foot}>
      <div role="alert" className={css.alert}>
        {bad && (
          <p className={css.refusal}>
            <Icon name="warning" />
            {draft.refusal ?? others.map(([path, message]) => `${path}: ${message}`).join(' ')}
          </p>
        )}
      </div>
      <Button type="submit" tone="primary" pending={draft.pending} shortcut={SAVE}>
        {item === null ? 'Create' : 'Save'}
      </Button>
      {draft.changed && item !== null && <Button onClick={draft.reset}>Undo changes</Button>}
      <span className={css.said} role="status">
        {draft.changed ? 'Not saved yet' : said}
      </span>
      {item !== null && (
        <Button
          tone="quiet"
          className={css.delete ?? ''}
          icon={<Icon name="bin" />}
          onClick={() => setDeleting(true)}
        >
          Delete
        </Button>
      )}
      {item !== null && deleting && (
        <DeleteDialog
          spec={spec}
          item={item}
          onStay={() => setDeleting(false)}
          onDeleted={onDeleted}
        />
      )}
    </footer>
  );
}
