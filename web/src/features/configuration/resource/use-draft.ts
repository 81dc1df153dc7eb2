// What is in the form of one setting: against what it was begun, what is wrong with it, saving it.
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import {
  create,
  type Id,
  type ItemOf,
  type ResourceName,
  type Resources,
  read,
  replace,
} from '@/contract/admin';
import { ApiError } from '@/contract/api-error';
import { check } from './check';
import { putItem } from './data';
import { onTop, same } from './difference';
import { type Errors, fieldsOf, type Section, type Spec, sectionsFor } from './spec';
import { useKey } from './use-key';

export interface Draft<R extends ResourceName> {
  value: Resources[R];
  /** What it was when the form was opened. */
  before: ItemOf<R> | null;
  set: (key: string, value: unknown) => void;
  changed: boolean;
  errors: Errors;
  /** What the server said that belongs to no field. */
  refusal: string | null;
  pending: boolean;
  /** What somebody else saved since this form was opened. */
  theirs: ItemOf<R> | null;
  /** Answers the saved setting, or null with the reason in `errors`, `refusal` or `theirs`. */
  save: () => Promise<ItemOf<R> | null>;
  /** Goes on from theirs: with mine on top, or without. */
  resolve: (keep: 'mine' | 'theirs') => void;
  reset: () => void;
}

export function useDraft<R extends ResourceName>(spec: Spec<R>, item: ItemOf<R> | null): Draft<R> {
  const client = useQueryClient();
  const [base, setBase] = useState<ItemOf<R> | null>(item);
  const start: Resources[R] = base ?? spec.fresh;
  const [edited, setEdited] = useState<Resources[R] | null>(null);
  const [errors, setErrors] = useState<Errors>({});
  const [refusal, setRefusal] = useState<string | null>(null);
  const [pending, setPending] = useState(false);
  const [theirs, setTheirs] = useState<ItemOf<R> | null>(null);
  const key = useKey();
  // Nobody types here: what others save is shown as it comes.
  if (edited === null && item !== null && base !== null && item.revision > base.revision) {
    setBase(item);
  }
  const value = edited ?? start;
  const sections = sectionsFor(spec.sections, base === null);

  const begin = (from: ItemOf<R> | null, draft: Resources[R] | null) => {
    setBase(from);
    setEdited(draft);
    setErrors({});
    setRefusal(null);
    setTheirs(null);
  };
  const set = (key: string, next: unknown) => {
    const draft = { ...value, [key]: next };
    setEdited(same(draft, start) ? null : draft);
    if (Object.keys(errors).length > 0) setErrors(check(sections, draft, base === null));
  };
  const fail = async (error: unknown, id: Id | undefined) => {
    if (!(error instanceof ApiError)) throw error;
    if (error.code === 'changedMeanwhile' && id !== undefined) {
      setTheirs(await read(spec.resource, id));
    } else if (error.field !== null) setErrors({ [error.field]: error.message });
    else setRefusal(error.message);
  };
  const save = async () => {
    const wrong = check(sections, value, base === null);
    setErrors(wrong);
    setRefusal(null);
    if (Object.keys(wrong).length > 0 || pending) return null;
    setPending(true);
    const body = bodyOf(spec.sections, value);
    try {
      const saved =
        base === null
          ? await create(spec.resource, body, key.of(body))
          : await replace(spec.resource, base.id, base.revision, body);
      putItem(client, spec.resource, saved);
      begin(saved, null);
      return saved;
    } catch (error) {
      await fail(error, base?.id).catch((again: unknown) => setRefusal(String(again)));
      return null;
    } finally {
      setPending(false);
    }
  };
  const resolve = (keep: 'mine' | 'theirs') => {
    if (theirs === null) return;
    putItem(client, spec.resource, theirs);
    const mine = keep === 'mine' ? onTop<object>(start, theirs, value) : null;
    begin(theirs, mine as Resources[R] | null);
  };
  const changed = edited !== null;
  const reset = () => begin(base, null);
  const now = { value, before: base, changed, errors, refusal, pending, theirs };
  return { ...now, set, save, resolve, reset };
}

/** What is written: the fields of the form, and of those nothing that was left out. */
function bodyOf<T>(sections: readonly Section<T>[], value: T): object {
  const record = value as Record<string, unknown>;
  const entries = fieldsOf(sections).map(({ key }) => [key, record[key]]);
  return Object.fromEntries(entries.filter(([, each]) => each !== undefined));
}
