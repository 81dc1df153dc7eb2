// Deleting one setting: asked once, with what uses it.
import { Modal } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { type Id, type ItemOf, type ResourceName, read, remove } from '@/contract/admin';
import { ApiError } from '@/contract/api-error';
import { Button } from '@/ui/button';
import dialog from '@/ui/dialog.module.css';
import { Icon } from '@/ui/icon';
import { dropItem, nameOf, putItem } from './data';
import css from './editor.module.css';
import type { Spec } from './spec';
import { type Use, usesOf } from './uses';

interface DeleteDialogProps<R extends ResourceName> {
  spec: Spec<R>;
  item: ItemOf<R>;
  onStay: () => void;
  onDeleted: () => void;
}

/** So many are named one by one. */
const NAMED = 8;

export function DeleteDialog<R extends ResourceName>(props: DeleteDialogProps<R>) {
  const { spec, item, onStay, onDeleted } = props;
  const { resource, one } = spec;
  const client = useQueryClient();
  const uses = useUses(resource, item.id);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [pending, setPending] = useState(false);
  const goOn = async () => {
    setPending(true);
    setRefusal(null);
    try {
      await remove(resource, item.id, item.revision);
      dropItem(client, resource, item.id);
      onDeleted();
    } catch (error) {
      setRefusal(error instanceof ApiError ? error.message : String(error));
      if (error instanceof ApiError && error.code === 'changedMeanwhile') {
        putItem(client, resource, await read(resource, item.id));
      }
    } finally {
      setPending(false);
    }
  };
  const used = uses !== null && uses.length > 0;
  return (
    <Modal opened onClose={onStay} title={`Delete ${one} “${nameOf(item)}”?`} centered>
      {uses === null ? (
        <p role="status">Looking for what uses it…</p>
      ) : used ? (
        <Uses uses={uses} one={one} />
      ) : (
        <p>Nothing else that is set up here names it. This cannot be undone.</p>
      )}
      <div role="alert">
        {refusal !== null && (
          <p className={css.refusal}>
            <Icon name="warning" />
            {refusal}
          </p>
        )}
      </div>
      <div className={dialog.actions}>
        <Button onClick={onStay} data-autofocus>
          Keep it
        </Button>
        <Button
          tone="danger"
          disabled={uses === null || used}
          pending={pending}
          onClick={() => void goOn()}
        >
          Delete
        </Button>
      </div>
    </Modal>
  );
}

function useUses(resource: ResourceName, id: Id): Use[] | null {
  const client = useQueryClient();
  const [uses, setUses] = useState<Use[] | null>(null);
  useEffect(() => {
    let here = true;
    const show = (found: Use[]) => here && setUses(found);
    // When it cannot be known here, the server says it.
    usesOf(client, resource, id).then(show, () => show([]));
    return () => {
      here = false;
    };
  }, [client, resource, id]);
  return uses;
}

function Uses({ uses, one }: { uses: Use[]; one: string }) {
  return (
    <>
      <p>This {one} is in use. Take it out of these first:</p>
      <ul className={css.uses}>
        {uses.slice(0, NAMED).map((use) => (
          <li key={`${use.resource} ${use.id}`}>
            {use.one}{' '}
            <Link
              to="/configuration/{-$section}/{-$id}"
              params={{ section: use.resource, id: String(use.id) }}
            >
              {use.name}
            </Link>
          </li>
        ))}
        {uses.length > NAMED && <li>and {uses.length - NAMED} more</li>}
      </ul>
    </>
  );
}
