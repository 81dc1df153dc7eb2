// Calls of /admin/v1: settings as resources that are all alike.
import type {
  Agent,
  Channel,
  Group,
  Queue,
  Reason,
  Schedule,
  ScriptEntry,
  Skill,
  TransactionCode,
  User,
  Webhook,
} from './admin-types';
import { send } from './client';

/** Every kind of setting, by its place in the address. */
export interface Resources {
  users: User;
  queues: Queue;
  skills: Skill;
  agents: Agent;
  groups: Group;
  channels: Channel;
  schedules: Schedule;
  reasons: Reason;
  'transaction-codes': TransactionCode;
  scripts: ScriptEntry;
  webhooks: Webhook;
}
export type ResourceName = keyof Resources;
export type Id = number | string;

/** A setting as the server has it. */
export type Item<T> = T & { id: Id; revision: number };
export type ItemOf<R extends ResourceName> = Item<Resources[R]>;

interface Page<T> {
  items: T[];
  next: Id | null;
}

/** The largest page that the server gives. */
const PAGE = 200;
/** More settings of one kind than this are not asked for: a center of that size has none. */
const PAGES_MAX = 50;

/** All settings of a kind, in the order of their ids. */
export async function listAll<R extends ResourceName>(
  resource: R,
  signal?: AbortSignal,
): Promise<ItemOf<R>[]> {
  const all: ItemOf<R>[] = [];
  let after = '';
  for (let n = 0; n < PAGES_MAX; n++) {
    const path = `/admin/v1/${resource}?limit=${PAGE}${after}`;
    const page = await send<Page<ItemOf<R>>>('GET', path, signal ? { signal } : {});
    all.push(...page.items);
    if (page.next === null) break;
    after = `&after=${encodeURIComponent(page.next)}`;
  }
  return all;
}

export function read<R extends ResourceName>(resource: R, id: Id): Promise<ItemOf<R>> {
  return send('GET', at(resource, id));
}

/** The same key again creates nothing anew. */
export function create<R extends ResourceName>(
  resource: R,
  body: object,
  idempotencyKey: string,
): Promise<ItemOf<R>> {
  return send('POST', `/admin/v1/${resource}`, { body, idempotencyKey });
}

/** Refused with `changedMeanwhile` when `revision` is no longer the newest. */
export function replace<R extends ResourceName>(
  resource: R,
  id: Id,
  revision: number,
  body: object,
): Promise<ItemOf<R>> {
  return send('PUT', at(resource, id), { body, revision });
}

/** Refused with `inUse` when other settings name it; the message says which. */
export function remove(resource: ResourceName, id: Id, revision: number): Promise<void> {
  return send('DELETE', at(resource, id), { revision });
}

function at(resource: ResourceName, id: Id): string {
  return `/admin/v1/${resource}/${encodeURIComponent(id)}`;
}
