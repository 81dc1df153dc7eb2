// A number outside that the center rings: answers, is busy, hangs up.
import { expect } from 'vitest';
import type { Center } from './center';

interface Ringing {
  callId: string;
  outside?: string;
  to: string;
}

/** What the number does, once it rings. */
export async function outside(
  center: Center,
  number: string,
  act: 'answer' | 'busy' | 'outside/hangup',
): Promise<void> {
  let callId: string | undefined;
  await expect
    .poll(async () => {
      const answer = await fetch(`${center.url}/sim/v1/calls`);
      const { calls } = (await answer.json()) as { calls: Ringing[] };
      callId = calls.find((call) => call.outside === number || call.to === number)?.callId;
      return callId;
    })
    .toBeDefined();
  const path = `/sim/v1/calls/${encodeURIComponent(callId ?? '')}/${act}`;
  const headers = { 'Content-Type': 'application/json' };
  const answer = await fetch(center.url + path, { method: 'POST', headers, body: '{}' });
  expect(answer.status, await answer.text()).toBeLessThan(300);
}
