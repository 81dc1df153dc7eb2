// Asks the server after every change what it thinks: the linter, and the tests kept with the flow.
import { ApiError } from '@/contract/api-error';
import { lintFlow, testFlow } from '../api/flows';
import type { Report } from '../api/wire';
import type { Flow } from '../graph/flow';
import type { Designer } from './designer';

/** A pause in editing before the server is asked. */
const PAUSE_MS = 350;
/** After an answer that did not come, the next attempt. */
const AGAIN_MS = 4_000;

/** Keeps findings and reports in step with the flow until stopped. */
export function watchFlow({ store, set }: Designer): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = new AbortController();
  let checked: Flow | null = null;

  const check = async () => {
    const { flow } = store.getState().history.present;
    asked.abort();
    asked = new AbortController();
    const { signal } = asked;
    try {
      const findings = await lintFlow(flow, signal);
      if (signal.aborted) return;
      set({ findings, checkFailed: false });
      if (flow.tests.length === 0) set({ reports: new Map() });
      else {
        const reports = await testFlow(flow, signal);
        if (!signal.aborted) set({ reports: byName(reports) });
      }
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof ApiError)) throw error;
      set({ checkFailed: true });
      if (error.retryable) timer = setTimeout(() => void check(), AGAIN_MS);
    }
  };
  const look = () => {
    const { flow } = store.getState().history.present;
    if (flow === checked) return;
    const pause = checked === null ? 0 : PAUSE_MS;
    checked = flow;
    clearTimeout(timer);
    timer = setTimeout(() => void check(), pause);
  };
  look();
  const stop = store.subscribe(look);
  return () => {
    stop();
    clearTimeout(timer);
    asked.abort();
  };
}

function byName(reports: readonly Report[]): ReadonlyMap<string, Report> {
  return new Map(reports.map((report) => [report.name, report]));
}
