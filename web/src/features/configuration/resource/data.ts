// Settings as this page has read them: one list per kind, replaced piece by piece by what is saved.
import { type QueryClient, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { type Id, type Item, type ItemOf, listAll, type ResourceName } from '@/contract/admin';
import type { Names } from './spec';

/** The options of one kind's list. */
function listOf<R extends ResourceName>(resource: R) {
  return {
    queryKey: [resource] as const,
    queryFn: ({ signal }: { signal: AbortSignal }) => listAll(resource, signal),
  };
}

export function useList<R extends ResourceName>(resource: R) {
  return useQuery(listOf(resource));
}

/** Puts in what the server answered, so that nobody waits for the whole list again. */
export function putItem<R extends ResourceName>(
  client: QueryClient,
  resource: R,
  item: ItemOf<R>,
): void {
  client.setQueryData<ItemOf<R>[]>([resource], (items) => {
    if (items === undefined) return items;
    const known = items.some(({ id }) => id === item.id);
    return known ? items.map((each) => (each.id === item.id ? item : each)) : [...items, item];
  });
}

export function dropItem(client: QueryClient, resource: ResourceName, id: Id): void {
  client.setQueryData<Item<object>[]>([resource], (items) =>
    items?.filter((each) => each.id !== id),
  );
}

/** Names of the settings of some kinds, read when they are needed. */
export function useNames(kinds: readonly ResourceName[]): Names {
  const client = useQueryClient();
  const results = useQueries({ queries: kinds.map((kind) => listOf(kind)) });
  const read = results.map(({ dataUpdatedAt }) => dataUpdatedAt).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: `read` says when a list was read anew
  return useMemo(() => {
    const known = new Map<ResourceName, Map<Id, string>>();
    for (const kind of kinds) {
      const items = client.getQueryData<ItemOf<typeof kind>[]>([kind]) ?? [];
      known.set(kind, new Map(items.map((item) => [item.id, nameOf(item)])));
    }
    return (to, id) => known.get(to)?.get(id) ?? `#${id}`;
  }, [client, kinds, read]);
}

/** Settings have a name; codes have their text. */
export function nameOf(item: object): string {
  if ('name' in item) return String(item.name);
  return 'text' in item ? String(item.text) : '';
}

export interface Choice {
  id: Id;
  name: string;
}

/** What can be chosen of one kind, by name. */
export function useChoices(resource: ResourceName): { choices: Choice[]; loading: boolean } {
  const { data, isPending } = useList(resource);
  const choices = useMemo(() => {
    const all = (data ?? []).map((item) => ({ id: item.id, name: nameOf(item) }));
    return all.sort((a, b) => a.name.localeCompare(b.name));
  }, [data]);
  return { choices, loading: isPending };
}
