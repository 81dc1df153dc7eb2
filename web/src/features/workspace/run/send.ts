// One request to the server, and the state it answers with.
import { answer, client } from '@/contract/client';
import type { State } from '@/contract/types';
import type { Request } from '../actions/action';
import type { Target } from '../model/target';

export function send(request: Request, key: string): Promise<State> {
  const headers = { 'Idempotency-Key': key };
  if (request.kind === 'status') {
    const { status, reason } = request;
    return answer(client.PUT('/workspace/v1/status', { body: { status, reason }, headers }));
  }
  if (request.kind === 'dial') {
    const { to, queueId } = request;
    return answer(client.POST('/workspace/v1/calls', { body: { to, queueId }, headers }));
  }
  const at = { params: { path: { id: request.interactionId } }, headers };
  switch (request.kind) {
    case 'accept': {
      const body = { offerId: request.offerId };
      return answer(client.POST('/workspace/v1/interactions/{id}/accept', { ...at, body }));
    }
    case 'reject': {
      const body = { offerId: request.offerId, reason: request.reason };
      return answer(client.POST('/workspace/v1/interactions/{id}/reject', { ...at, body }));
    }
    case 'hold':
      return answer(client.POST('/workspace/v1/interactions/{id}/hold', at));
    case 'resume':
      return answer(client.POST('/workspace/v1/interactions/{id}/resume', at));
    case 'mute': {
      const body = { muted: request.muted };
      return answer(client.POST('/workspace/v1/interactions/{id}/mute', { ...at, body }));
    }
    case 'end': {
      const { forAll } = request;
      const params = { ...at.params, query: { forAll } };
      return answer(client.POST('/workspace/v1/interactions/{id}/end', { ...at, params }));
    }
    case 'record': {
      const body = { recording: request.recording };
      return answer(client.POST('/workspace/v1/interactions/{id}/recording', { ...at, body }));
    }
    case 'consult': {
      const body = named(request.to);
      return answer(client.POST('/workspace/v1/interactions/{id}/consult', { ...at, body }));
    }
    case 'transfer': {
      const body = request.to === null ? {} : named(request.to);
      return answer(client.POST('/workspace/v1/interactions/{id}/transfer', { ...at, body }));
    }
    case 'conference':
      return answer(client.POST('/workspace/v1/interactions/{id}/conference', at));
    case 'wrapUp': {
      const { disposition, codes, note } = request;
      const body = { disposition, codes, note: note === '' ? null : note };
      return answer(client.POST('/workspace/v1/interactions/{id}/wrapup', { ...at, body }));
    }
  }
}

function named(to: Target) {
  switch (to.kind) {
    case 'agent':
      return { agentId: to.id };
    case 'queue':
      return { queueId: to.id };
    case 'number':
      return { number: to.number };
  }
}

export function loadState(): Promise<State> {
  return answer(client.GET('/workspace/v1/state'));
}

/** Two requests with the same key are the same wish; the second is not sent while the first runs. */
export function requestKey(request: Request): string {
  return 'interactionId' in request ? `${request.kind}:${request.interactionId}` : request.kind;
}
