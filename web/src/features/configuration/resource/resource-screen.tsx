// One kind of setting: its list, and beside it the one that is open.
import { VisuallyHidden } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import type { Id, ResourceName } from '@/contract/admin';
import { useHelpOf } from '@/lib/help';
import { useHotkeys } from '@/lib/hotkeys';
import { useTitle } from '@/lib/use-title';
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import { Message } from '@/ui/message';
import { KEYS, NEW, SEARCH } from '../keys';
import { useList } from './data';
import { Editor } from './editor';
import { List } from './list';
import css from './resource.module.css';
import type { Spec } from './spec';

/** The id in the address of one that does not exist yet. */
export const NEW_ID = 'new';

interface ResourceScreenProps<R extends ResourceName> {
  spec: Spec<R>;
  /** The one that is open, as in the address. */
  open: string | undefined;
}

export function ResourceScreen<R extends ResourceName>({ spec, open }: ResourceScreenProps<R>) {
  const { resource, title, one, about } = spec;
  const navigate = useNavigate();
  const list = useList(resource);
  const go = (id?: Id, leave: 'asked' | 'done' = 'asked') =>
    navigate({
      to: '/configuration/{-$section}/{-$id}',
      params: { section: resource, id: id === undefined ? undefined : String(id) },
      ignoreBlocker: leave === 'done',
    });
  useTitle(title);
  useHelpOf(KEYS);
  useHotkeys([
    { chord: NEW, run: () => void go(NEW_ID) },
    { chord: SEARCH, run: () => document.getElementById('search')?.focus() },
  ]);
  useFocusAfterClosing(open, resource);
  const item = list.data?.find(({ id }) => String(id) === open);
  return (
    <main className={css.screen} data-open={open !== undefined || undefined}>
      <VisuallyHidden component="h1">{title}</VisuallyHidden>
      <section className={css.list} aria-label="List">
        <header className={css.head}>
          <div>
            <p className={css.title} aria-hidden="true">
              {title}
            </p>
            <p className={css.about}>{about}</p>
          </div>
          <Button
            tone="primary"
            icon={<Icon name="plus" />}
            shortcut={NEW}
            onClick={() => void go(NEW_ID)}
          >
            New {one}
          </Button>
        </header>
        <List spec={spec} query={list} open={open} />
      </section>
      {open !== undefined && list.data !== undefined && (
        <section className={css.editor} aria-label={open === NEW_ID ? `New ${one}` : `One ${one}`}>
          {item === undefined && open !== NEW_ID ? (
            <Gone one={one} onClose={() => void go()} />
          ) : (
            <Editor
              key={open}
              spec={spec}
              item={item ?? null}
              onSaved={(id) => void go(id, 'done')}
              onDeleted={() => void go(undefined, 'done')}
              onClose={() => void go()}
            />
          )}
        </section>
      )}
    </main>
  );
}

/** When the form closes, the focus goes back to the row that it was opened from. */
function useFocusAfterClosing(open: string | undefined, resource: string): void {
  const before = useRef(open);
  useEffect(() => {
    const closed = open === undefined ? before.current : undefined;
    before.current = open;
    if (closed === undefined || document.activeElement !== document.body) return;
    const row = document.getElementById(`${resource}-${closed}`);
    (row ?? document.getElementById('search'))?.focus();
  }, [open, resource]);
}

function Gone({ one, onClose }: { one: string; onClose: () => void }) {
  return (
    <div className={css.gone}>
      <Message
        icon="search"
        title={`There is no such ${one}`}
        actions={<Button onClick={onClose}>Back to the list</Button>}
      >
        <p>The link may be old, or somebody deleted it.</p>
      </Message>
    </div>
  );
}
