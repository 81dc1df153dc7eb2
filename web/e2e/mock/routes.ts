// The HTTP surface of the mock, as far as the workspace and its tests use it.
import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { AgentStatus, Variable } from '@/contract/types';
import { type Call, type Center, Refusal } from './center';
import * as world from './world';

export interface Ask {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: Record<string, unknown>;
}

export interface Reply {
  status: number;
  body?: unknown;
  cookie?: string;
}

export function sessionOf(center: Center, headers: IncomingHttpHeaders) {
  const token = /cordboard_session=([0-9a-f]+)/.exec(headers.cookie ?? '')?.[1];
  const session = center.data.sessions.find((each) => each.token === token);
  if (session === undefined) throw new Refusal(401, 'unauthenticated', 'Sign in first.');
  const user = world.USERS.find((each) => each.id === session.userId) ?? world.USERS[0];
  return { session, user, agentId: 'agentId' in user ? user.agentId : '' };
}

export function reply(center: Center, ask: Ask): Reply | null {
  const { path } = ask;
  if (path === '/healthz') return { status: 200, body: 'ok' };
  if (path.startsWith('/auth/v1/')) return auth(center, ask);
  if (path.startsWith('/sim/v1/')) return sim(center, ask);
  if (path.startsWith('/api/v1/interaction/data/')) return variables(center, ask);
  if (path.startsWith('/workspace/v1/')) return workspace(center, ask);
  return null;
}

function auth(center: Center, { method, path, headers, body }: Ask): Reply {
  if (path === '/auth/v1/login') {
    const user = world.USERS.find((each) => each.email === body['email']);
    if (user === undefined || body['password'] !== world.PASSWORD) {
      throw new Refusal(401, 'loginFailed', 'The e-mail address or the password is not right.');
    }
    const session = { token: hex(), csrfToken: hex(), userId: user.id };
    center.data.sessions.push(session);
    center.commit();
    const cookie = `cordboard_session=${session.token}; HttpOnly; SameSite=Strict; Path=/`;
    return { status: 200, body: { token: session.token, ...shown(center, session) }, cookie };
  }
  const { session } = sessionOf(center, headers);
  if (method === 'GET') return { status: 200, body: shown(center, session) };
  center.data.sessions.splice(center.data.sessions.indexOf(session), 1);
  center.commit();
  return { status: 204 };
}

function shown(_: Center, session: { csrfToken: string; userId: string }) {
  const user = world.USERS.find((each) => each.id === session.userId);
  const { id, name } = world.TENANT;
  const expiresAt = Date.now() + 36_000_000;
  return { csrfToken: session.csrfToken, expiresAt, user, tenant: { id, name } };
}

function workspace(center: Center, { method, path, headers, body }: Ask): Reply {
  const { session, agentId } = sessionOf(center, headers);
  if (method !== 'GET' && headers['x-csrf-token'] !== session.csrfToken) {
    throw new Refusal(403, 'forbidden', 'The X-CSRF-Token header is missing or wrong.');
  }
  if (method !== 'GET' && headers['idempotency-key'] === undefined) {
    throw new Refusal(400, 'invalid', 'The workspace always sends an Idempotency-Key.');
  }
  center.agent(agentId);
  const [, id, verb] = /^\/workspace\/v1\/interactions\/([^/]+)\/([a-z]+)$/.exec(path) ?? [];
  if (path === '/workspace/v1/status') {
    const reason = typeof body['reason'] === 'string' ? body['reason'] : null;
    center.setStatus(agentId, body['status'] as AgentStatus, reason);
  } else if (id !== undefined) {
    act(center, center.mine(agentId, id), verb, body);
  } else if (path !== '/workspace/v1/state') {
    throw new Refusal(404, 'notFound', 'There is nothing here.');
  }
  return { status: 200, body: center.stateOf(agentId) };
}

function act(center: Center, call: Call, verb: string | undefined, body: Ask['body']): void {
  switch (verb) {
    case 'accept':
      return center.accept(call, String(body['offerId']));
    case 'reject':
      center.setStatus(call.agentId ?? '', 'workOffline', 'training');
      return center.withdraw(call, 'You rejected the offer.');
    case 'hold':
      return center.talk(call, { heldSince: Date.now() }, 'Put on hold');
    case 'resume':
      return center.talk(call, { heldSince: null }, 'Resumed');
    case 'mute':
      return center.talk(call, { muted: body['muted'] === true }, 'Microphone switched');
    case 'end':
      return center.end(call, 'You ended the call.');
    case 'draft':
      return center.draft(call, body as NonNullable<Call['work']['wrapUp']>['draft']);
    case 'wrapup':
      return center.wrapUp(call, Number(body['disposition']), body['codes'] as number[]);
    default:
      throw new Refusal(404, 'notFound', 'There is nothing here.');
  }
}

function sim(center: Center, { method, path, body }: Ask): Reply {
  if (path === '/sim/v1/calls' && method === 'POST') {
    const name = typeof body['callerName'] === 'string' ? body['callerName'] : '';
    const callId = typeof body['sipCallId'] === 'string' ? body['sipCallId'] : hex();
    const call = center.placeCall(String(body['from']), String(body['to']), name, callId);
    return { status: 201, body: { callId, interactionGuid: call.work.interactionId } };
  }
  const [, callId, verb] = /^\/sim\/v1\/calls\/([^/]+)(?:\/([a-z]+))?$/.exec(path) ?? [];
  const call = center.data.calls.find((each) => each.callId === callId);
  if (call === undefined) throw new Refusal(404, 'notFound', 'There is no such call.');
  if (verb === 'digits') center.digits(call, String(body['digits']));
  if (verb === 'hangup') center.hangUp(call);
  if (verb !== undefined) return { status: 204 };
  const interactionGuid = call.work.interactionId;
  const awaiting = call.menuOpen ? { kind: 'menu', keys: '1', deadline: Date.now() } : undefined;
  return { status: 200, body: { callId, interactionGuid, state: callState(call), awaiting } };
}

function callState(call: Call): string {
  if (call.ended) return 'ended';
  if (call.menuOpen) return 'script';
  if (call.agentId === null) return 'queued';
  return call.work.place === 'talking' ? 'talking' : 'ringing';
}

function variables(center: Center, { path, headers, body }: Ask): Reply {
  const token = Buffer.from(`${world.TENANT.id}:${world.ACTION_TOKEN}`).toString('base64');
  if (headers.authorization !== `Basic ${token}`)
    throw new Refusal(401, 'unauthenticated', 'Wrong token.');
  const id = path.split('/').at(-1);
  const call = center.data.calls.find(({ work }) => work.interactionId === id);
  if (call === undefined) throw new Refusal(404, 'notFound', 'There is no such interaction.');
  const sent = body['variables'] as (Partial<Variable> & { display?: boolean })[];
  const shownOnes = sent.filter((variable) => variable.display === true);
  center.setVariables(
    call,
    shownOnes.map(
      ({
        name = '',
        displayName = name.slice(1),
        value = '',
        dataType = 'text',
        privacy = false,
      }) => ({
        name,
        displayName,
        value: privacy ? null : value,
        dataType,
        privacy,
      }),
    ),
  );
  return { status: 200, body: { status: 'success', interactionId: id, variablesSet: sent.length } };
}

function hex(): string {
  return randomBytes(16).toString('hex');
}
