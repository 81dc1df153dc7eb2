// Calls of /admin/v1/flows: the linter, trial runs and the palette.
import { send } from '@/contract/client';
import type { Flow } from '../graph/flow';
import { flowJson } from '../graph/flow-json';
import type { Palette } from '../graph/vocabulary';
import type { Finding, Report } from './wire';

const FLOWS = '/admin/v1/flows';

export function loadPalette(): Promise<Palette> {
  return send('GET', `${FLOWS}/palette`);
}

export async function lintFlow(flow: Flow, signal: AbortSignal): Promise<readonly Finding[]> {
  const body = { flow: flowJson(flow) };
  const { findings } = await send<{ findings: Finding[] }>('POST', `${FLOWS}/lint`, {
    body,
    signal,
  });
  return findings;
}

/** Runs the tests that are kept with the flow. */
export async function testFlow(flow: Flow, signal: AbortSignal): Promise<readonly Report[]> {
  const body = { flow: flowJson(flow) };
  const { reports } = await send<{ reports: Report[] }>('POST', `${FLOWS}/test`, { body, signal });
  return reports;
}
