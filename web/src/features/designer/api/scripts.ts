// Calls of /admin/v1/scripts.
import { idempotencyKey, send } from '@/contract/client';
import type { Flow } from '../graph/flow';
import { flowJson, layoutJson, parseFlow, parseLayout } from '../graph/flow-json';
import type { Draft, LiveNode, Page, ScriptRow, VersionRow } from './wire';

const SCRIPTS = '/admin/v1/scripts';

interface ScriptItem extends ScriptRow {
  readonly flow: unknown;
  readonly layout?: unknown;
}

export interface Opened {
  readonly script: ScriptRow;
  readonly draft: Draft;
}

function opened({ flow, layout, ...script }: ScriptItem): Opened {
  const draft = { name: script.name, flow: parseFlow(flow), layout: parseLayout(layout) };
  return { script, draft };
}

const body = ({ name, flow, layout }: Draft) => ({
  name,
  flow: flowJson(flow),
  layout: layoutJson(layout),
});

type Cursor = Page<unknown>['next'];

function pageQuery(word: 'after' | 'before', cursor: Cursor): string {
  return cursor === null ? '' : `?${new URLSearchParams({ [word]: String(cursor) })}`;
}

export function listScripts(after: Cursor): Promise<Page<ScriptRow>> {
  return send('GET', SCRIPTS + pageQuery('after', after));
}

export async function loadScript(id: number): Promise<Opened> {
  return opened(await send('GET', `${SCRIPTS}/${id}`));
}

export async function createScript(draft: Draft, key: string): Promise<ScriptRow> {
  return send('POST', SCRIPTS, { body: body(draft), idempotencyKey: key });
}

export function saveDraft(id: number, draft: Draft, revision: number): Promise<ScriptRow> {
  return send('PUT', `${SCRIPTS}/${id}`, { body: body(draft), revision });
}

export function deleteScript(id: number, revision: number): Promise<void> {
  return send('DELETE', `${SCRIPTS}/${id}`, { revision });
}

export function publishScript(id: number, revision: number): Promise<ScriptRow> {
  return send('POST', `${SCRIPTS}/${id}/publish`, { revision, idempotencyKey: idempotencyKey() });
}

/** Newest first. */
export function listVersions(id: number, before: Cursor): Promise<Page<VersionRow>> {
  return send('GET', `${SCRIPTS}/${id}/versions${pageQuery('before', before)}`);
}

export async function loadVersion(id: number, version: number): Promise<Flow> {
  const { flow } = await send<{ flow: unknown }>('GET', `${SCRIPTS}/${id}/versions/${version}`);
  return parseFlow(flow);
}

export async function liveNodes(id: number): Promise<readonly LiveNode[]> {
  const { nodes } = await send<{ nodes: LiveNode[] }>('GET', `${SCRIPTS}/${id}/live`);
  return nodes;
}
