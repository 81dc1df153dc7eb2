// A caller: dials in, presses keys until someone can answer, hangs up.
import { expect } from 'vitest';
import type { Center } from './center';

interface CallView {
  state: 'script' | 'queued' | 'ringing' | 'talking' | 'ended';
  awaiting?: { kind: 'menu' | 'digits'; keys: string | string[] } | null;
}

/** A display variable as the Data Augmentation contract takes it. */
export interface Variable {
  name: string;
  value: string;
  display?: boolean;
  displayName?: string;
  dataType?: string;
  privacy?: boolean;
  ivr?: boolean;
}

export interface CallerOptions {
  name?: string;
  from?: string;
  variables?: Variable[];
}

export class Caller {
  private constructor(
    readonly center: Center,
    readonly callId: string,
    readonly interactionGuid: string,
  ) {}

  /** Dials the first phone channel; variables are set before the call is queued. */
  static async dial(center: Center, options: CallerOptions = {}): Promise<Caller> {
    const { name = 'Maria Lopez', from = '+12025550143', variables = [] } = options;
    const to = center.ready.channels.find(({ mediaType }) => mediaType === 'phone')?.address;
    const answer = await send(center, 'POST', '/sim/v1/calls', { from, to, callerName: name });
    expect(answer.status).toBe(201);
    const { callId, interactionGuid } = (await answer.json()) as Caller;
    const caller = new Caller(center, callId, interactionGuid);
    if (variables.length > 0) await caller.set(variables);
    await caller.reachQueue();
    return caller;
  }

  /** Sets variables as an integration would, with the tenant's Action Request Token. */
  async set(variables: Variable[]): Promise<void> {
    const { tenantId, actionRequestToken } = this.center.ready;
    const basic = Buffer.from(`${tenantId}:${actionRequestToken}`).toString('base64');
    const path = `/api/v1/interaction/data/${this.interactionGuid}`;
    const headers = { Authorization: `Basic ${basic}` };
    const answer = await send(this.center, 'POST', path, { variables }, headers);
    expect(await answer.text(), 'data augmentation').toContain('success');
  }

  async view(): Promise<CallView> {
    const answer = await send(this.center, 'GET', `/sim/v1/calls/${this.callId}`);
    return (await answer.json()) as CallView;
  }

  async hangUp(): Promise<void> {
    const answer = await send(this.center, 'POST', `/sim/v1/calls/${this.callId}/hangup`, {});
    expect(answer.status).toBe(204);
  }

  /** Answers the script's questions with the first key offered. */
  async reachQueue(): Promise<void> {
    await expect
      .poll(
        async () => {
          const { state, awaiting } = await this.view();
          const key = awaiting?.keys[0];
          if (state === 'script' && key !== undefined) {
            await send(this.center, 'POST', `/sim/v1/calls/${this.callId}/digits`, { digits: key });
          }
          return state;
        },
        { timeout: 30_000, interval: 100 },
      )
      .toMatch(/queued|ringing|talking/);
  }
}

function send(center: Center, method: string, path: string, body?: unknown, more = {}) {
  const headers = { 'Content-Type': 'application/json', ...more };
  const content = body === undefined ? {} : { body: JSON.stringify(body) };
  return fetch(center.url + path, { method, headers, ...content });
}
