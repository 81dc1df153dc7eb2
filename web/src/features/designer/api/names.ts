// The names that pickers offer. What cannot be loaded leaves a picker with ids, not a page without.
import { listAll, type ResourceName } from '@/contract/admin';
import type { Named, Names, PickKind } from '../graph/vocabulary';

const RESOURCES: Readonly<Record<PickKind, ResourceName & `${PickKind}s`>> = {
  queue: 'queues',
  skill: 'skills',
  schedule: 'schedules',
  script: 'scripts',
  agent: 'agents',
};

export async function loadNames(): Promise<Names> {
  const load = async (kind: PickKind): Promise<[PickKind, readonly Named[]]> => {
    const items = await listAll(RESOURCES[kind]).catch(() => []);
    return [kind, items.map(({ id, name }) => ({ id, name }))];
  };
  const kinds = Object.keys(RESOURCES) as PickKind[];
  return Object.fromEntries(await Promise.all(kinds.map(load))) as unknown as Names;
}
