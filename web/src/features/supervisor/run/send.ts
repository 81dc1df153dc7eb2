// What a supervisor asks the server to change. Each attempt of one wish carries the same key.
import { answer, client, idempotencyKey } from '@/contract/client';
import type { AgentDoing, AgentRow } from '@/contract/types';
import { withRetry } from '@/contract/with-retry';

/** A status that can be set: what an agent does without work. */
export type SettableStatus = Extract<
  AgentDoing,
  'available' | 'onBreak' | 'workOffline' | 'loggedOut'
>;

export type Wish =
  | { kind: 'status'; agentId: string; status: SettableStatus; reason: string | null }
  | { kind: 'skills'; agentId: string; revision: number; skills: AgentRow['skills'] }
  | { kind: 'assign'; interactionId: string; agentId: string }
  | { kind: 'requeue'; interactionId: string; queueId: number | null };

/** Sends a wish. A refusal is thrown as the server words it. */
export function send(wish: Wish): Promise<unknown> {
  const headers = { 'Idempotency-Key': idempotencyKey() };
  return withRetry(() => once(wish, headers));
}

function once(wish: Wish, headers: { 'Idempotency-Key': string }): Promise<unknown> {
  switch (wish.kind) {
    case 'status': {
      const { agentId, status, reason } = wish;
      const params = { path: { id: agentId } };
      const body = { status, reason };
      return answer(client.POST('/supervisor/v1/agents/{id}/status', { params, headers, body }));
    }
    case 'skills': {
      const { agentId, revision, skills } = wish;
      const params = {
        path: { id: agentId },
        header: { 'If-Match': `"${revision}"` },
      };
      const path = '/supervisor/v1/agents/{id}/skills';
      return answer(client.PUT(path, { params, headers, body: { skills } }));
    }
    case 'assign': {
      const params = { path: { id: wish.interactionId } };
      const body = { agentId: wish.agentId };
      const path = '/supervisor/v1/interactions/{id}/assign';
      return answer(client.POST(path, { params, headers, body }));
    }
    case 'requeue': {
      const params = { path: { id: wish.interactionId } };
      const body = { queueId: wish.queueId };
      const path = '/supervisor/v1/interactions/{id}/requeue';
      return answer(client.POST(path, { params, headers, body }));
    }
  }
}
