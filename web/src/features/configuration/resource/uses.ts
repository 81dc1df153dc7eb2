// What names a setting, as far as this page can see: asked before it is deleted. The server has the last word.
import type { QueryClient } from '@tanstack/react-query';
import { type Id, listAll, type ResourceName } from '@/contract/admin';
import { SPECS } from '../resources/all';
import { nameOf } from './data';
import { fieldsOf } from './spec';

export interface Use {
  resource: ResourceName;
  one: string;
  id: Id;
  name: string;
}

/** A field as far as it can name other settings, whatever its kind of setting. */
interface Naming {
  kind: string;
  key: string;
  to?: ResourceName;
  names?: (value: unknown) => { to: ResourceName; id: Id }[];
}

/** Reads the lists of every kind that can name it. */
export async function usesOf(client: QueryClient, to: ResourceName, id: Id): Promise<Use[]> {
  const uses = Object.values(SPECS).map(async ({ resource, one, sections }) => {
    const fields = fieldsOf<never>(sections as never) as unknown as Naming[];
    const naming = fields.filter((field) => field.to === to || field.names !== undefined);
    if (naming.length === 0) return [];
    const items = await client.fetchQuery({
      queryKey: [resource],
      queryFn: ({ signal }) => listAll<ResourceName>(resource, signal),
    });
    const uses = items.filter((item) => naming.some((field) => names(field, item, to, id)));
    return uses
      .filter((item) => !(resource === to && item.id === id))
      .map((item) => ({ resource, one, id: item.id, name: nameOf(item) }));
  });
  return (await Promise.all(uses)).flat();
}

function names(field: Naming, item: object, to: ResourceName, id: Id): boolean {
  const value = (item as Record<string, unknown>)[field.key];
  if (field.kind === 'reference') return value === id;
  if (field.kind === 'references') return (value as Id[]).includes(id);
  return field.names?.(value).some((each) => each.to === to && each.id === id) ?? false;
}
