// The names that pickers offer. What cannot be loaded leaves a picker with ids, not a page without.
import { send } from '@/contract/client';
import type { Named, Names, PickKind } from '../graph/vocabulary';
import type { Page } from './wire';

const PATHS: Readonly<Record<PickKind, string>> = {
  queue: '/admin/v1/queues',
  skill: '/admin/v1/skills',
  schedule: '/admin/v1/schedules',
  script: '/admin/v1/scripts',
  agent: '/admin/v1/agents',
};

const PAGE = 200;
/** More than this cannot be picked from a list by anybody. */
const NAMES_MAX = 5_000;

export async function loadNames(): Promise<{ names: Names; missing: readonly PickKind[] }> {
  const kinds = Object.keys(PATHS) as PickKind[];
  const missing: PickKind[] = [];
  const load = async (kind: PickKind) => {
    const named = await all(PATHS[kind]).catch(() => {
      missing.push(kind);
      return [];
    });
    return [kind, named] as const;
  };
  const names = Object.fromEntries(await Promise.all(kinds.map(load))) as unknown as Names;
  return { names, missing };
}

async function all(path: string): Promise<readonly Named[]> {
  const found: Named[] = [];
  let after: Page<Named>['next'] = null;
  do {
    const query = new URLSearchParams({
      limit: String(PAGE),
      ...(after === null ? {} : { after: String(after) }),
    });
    const page: Page<Named> = await send('GET', `${path}?${query}`);
    found.push(...page.items.map(({ id, name }) => ({ id, name })));
    after = page.next;
  } while (after !== null && found.length < NAMES_MAX);
  return found;
}
