// A very small contact center, enough to drive the workspace: one file, one writer, no routing skill.
import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AgentStatus, Change, State, Variable, Work } from '@/contract/types';
import * as world from './world';

interface Agent {
  id: string;
  name: string;
  status: AgentStatus;
  reason: string | null;
  since: number;
  next: State['agent']['next'];
}

export interface Call {
  callId: string;
  agentId: string | null;
  ended: boolean;
  menuOpen: boolean;
  work: Work;
}

interface Data {
  position: number;
  agents: Agent[];
  calls: Call[];
  sessions: { token: string; csrfToken: string; userId: string }[];
  changes: (Change & { position: number; agentId: string })[];
}

export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly field: string | null = null,
  ) {
    super(message);
  }
}

export class Center {
  readonly data: Data;
  readonly listeners = new Set<() => void>();
  readonly #file: string;

  constructor(dataDir: string) {
    this.#file = join(dataDir, 'mock.json');
    this.data = read(this.#file) ?? fresh();
    for (const call of this.data.calls) this.#arm(call);
  }

  stateOf(agentId: string): State {
    const { id, name, status, reason, since, next } = this.agent(agentId);
    const queues = world.QUEUES.map((queue) => {
      const waiting = this.data.calls.filter(
        ({ work, agentId: at, ended }) => !ended && at === null && work.queue?.id === queue.id,
      );
      const longestSince =
        waiting.length === 0 ? null : Math.min(...waiting.map((c) => c.work.queuedAt));
      return { ...queue, waiting: waiting.length, longestSince };
    });
    return {
      position: this.data.position,
      now: Date.now(),
      tenant: world.TENANT,
      agent: { id, name, status, reason, since, next },
      statuses: world.STATUSES,
      rejectReasons: world.REJECT_REASONS,
      queues,
      work: this.data.calls.filter((call) => call.agentId === agentId).map((call) => call.work),
    };
  }

  agent(id: string): Agent {
    const agent = this.data.agents.find((each) => each.id === id);
    if (agent === undefined) throw new Refusal(403, 'forbidden', 'This account has no agent.');
    return agent;
  }

  mine(agentId: string, interactionId: string): Call {
    const call = this.data.calls.find(({ work }) => work.interactionId === interactionId);
    if (call === undefined) throw new Refusal(404, 'notFound', 'There is no such interaction.');
    if (call.agentId !== agentId) {
      throw new Refusal(409, 'offerGone', 'This offer is no longer yours: the caller hung up.');
    }
    return call;
  }

  setStatus(agentId: string, status: AgentStatus, reason: string | null): void {
    const agent = this.agent(agentId);
    const busy = this.data.calls.some((call) => call.agentId === agentId);
    if (busy && status !== 'available') agent.next = { status, reason };
    else Object.assign(agent, { status, reason, since: Date.now(), next: null });
    this.commit(agentId, { kind: 'status', text: `Status: ${status}` });
    this.route();
  }

  placeCall(from: string, to: string, callerName: string, callId: string): Call {
    if (!world.CHANNELS.some((channel) => channel.address === to)) {
      throw new Refusal(404, 'numberUnknown', `No channel has the number ${to}.`, 'to');
    }
    const now = Date.now();
    const work: Work = {
      interactionId: randomUUID(),
      mediaType: 'phone',
      direction: 'in',
      callback: false,
      place: 'offered',
      lineOf: null,
      participants: [],
      queue: { id: 101, name: 'Billing' },
      channel: to,
      ani: from,
      callerName,
      createdAt: now,
      queuedAt: now,
      priority: 50,
      variables: [],
      messages: [],
      offer: null,
      why: world.why('', '', 50, 0),
      talk: null,
      wrapUp: null,
      timeline: [
        { at: now, kind: 'script', text: 'Called +1 202-555-0100, script “Welcome” version 3' },
        { at: now, kind: 'prompt', text: 'For questions about an order or a bill press 1.' },
      ],
    };
    const call: Call = { callId, agentId: null, ended: false, menuOpen: true, work };
    this.data.calls.push(call);
    this.commit();
    return call;
  }

  digits(call: Call, digits: string): void {
    if (!call.menuOpen) return;
    call.menuOpen = false;
    call.work.queuedAt = Date.now();
    this.#line(call, 'digits', `Pressed ${digits}`);
    this.#line(call, 'queue', 'Entered queue Billing at priority 50');
    this.route();
  }

  setVariables(call: Call, variables: Variable[]): void {
    call.work.variables.push(...variables);
    this.#line(call, 'variables', `${variables.length} variables set by an integration`);
    if (call.agentId !== null) this.#tell(call, call.agentId, 'variables', 'Variables changed');
  }

  /** Offers what waits to the first agent who is available and has nothing. */
  route(): void {
    for (const call of this.data.calls.filter(
      (each) => each.agentId === null && !each.ended && !each.menuOpen,
    )) {
      const agent = this.data.agents.find(
        ({ id, status }) =>
          status === 'available' &&
          this.data.calls.filter((each) => each.agentId === id).length < 2,
      );
      if (agent === undefined) return;
      const now = Date.now();
      const why = world.why(agent.id, agent.name, call.work.priority, now - call.work.queuedAt);
      call.agentId = agent.id;
      Object.assign(call.work, { place: 'offered', why });
      call.work.offer = { id: randomUUID(), offeredAt: now, deadline: now + world.OFFER_MS, why };
      this.#line(call, 'offer', `Offered to ${agent.name}`);
      this.#arm(call);
      this.#tell(call, agent.id, 'offered', 'Offered to you');
    }
  }

  withdraw(call: Call, text: string): void {
    const agentId = call.agentId ?? '';
    Object.assign(call, { agentId: null });
    call.work.offer = null;
    this.#line(call, 'offer', text);
    this.#tell(call, agentId, 'offerEnded', text);
  }

  accept(call: Call, offerId: string): void {
    if (call.work.place !== 'offered' || call.work.offer?.id !== offerId) {
      throw new Refusal(409, 'offerGone', 'This offer is no longer yours: it timed out.');
    }
    call.work.place = 'talking';
    call.work.offer = null;
    call.work.talk = {
      answeredAt: Date.now(),
      heldSince: null,
      muted: false,
      recording: 'off',
      endedAt: null,
    };
    call.work.wrapUp = paperwork();
    this.#line(call, 'talk', `${this.agent(call.agentId ?? '').name} answered`);
    this.#tell(call, call.agentId ?? '', 'accepted', 'You accepted');
  }

  talk(call: Call, change: Partial<NonNullable<Work['talk']>>, text: string): void {
    if (call.work.place !== 'talking' || call.work.talk == null) {
      throw new Refusal(409, 'notInTalk', 'This call is not in talk.');
    }
    Object.assign(call.work.talk, change);
    this.#line(call, 'talk', text);
    this.#tell(call, call.agentId ?? '', 'muted' in change ? 'mute' : 'hold', text);
  }

  end(call: Call, text: string): void {
    const now = Date.now();
    this.talk(call, { endedAt: now, heldSince: null }, text);
    call.ended = true;
    call.work.place = 'wrapUp';
    call.work.wrapUp = {
      ...paperwork(),
      ...call.work.wrapUp,
      startedAt: now,
      deadline: now + world.WRAP_UP_MS,
    };
    this.#tell(call, call.agentId ?? '', 'ended', text);
  }

  draft(call: Call, draft: NonNullable<Work['wrapUp']>['draft']): void {
    if (call.work.wrapUp == null) throw new Refusal(409, 'notInTalk', 'This call is not in talk.');
    call.work.wrapUp.draft = draft;
    this.commit();
  }

  wrapUp(call: Call, disposition: number, codes: number[]): void {
    if (call.work.place !== 'wrapUp') {
      throw new Refusal(409, 'notInWrapUp', 'This interaction is not in wrap-up.');
    }
    if (!world.DISPOSITIONS.some(({ code }) => code === disposition)) {
      throw new Refusal(400, 'invalid', 'Unknown disposition.', 'disposition');
    }
    if (codes.length === 0) throw new Refusal(400, 'invalid', 'A code is required.', 'codes');
    const agent = this.agent(call.agentId ?? '');
    this.data.calls.splice(this.data.calls.indexOf(call), 1);
    const busy = this.data.calls.some((each) => each.agentId === agent.id);
    if (agent.next != null && !busy)
      Object.assign(agent, agent.next, { next: null, since: Date.now() });
    this.#tell(call, agent.id, 'completed', 'Wrap-up completed');
    this.route();
  }

  /** The caller hangs up, wherever they are. */
  hangUp(call: Call): void {
    if (call.work.place === 'talking') return this.end(call, 'The caller ended the call.');
    if (call.agentId !== null) this.withdraw(call, 'The caller hung up before you answered.');
    call.ended = true;
    this.commit();
  }

  /** Moves the log on; `told` is what the agent hears of it. */
  commit(agentId = '', told?: Omit<Change, 'at'>): void {
    const position = ++this.data.position;
    if (told !== undefined) {
      this.data.changes.push({ position, agentId, at: Date.now(), ...told });
    }
    writeFileSync(`${this.#file}.new`, JSON.stringify(this.data));
    renameSync(`${this.#file}.new`, this.#file);
    for (const listener of this.listeners) listener();
  }

  #tell(call: Call, agentId: string, kind: Change['kind'], text: string): void {
    this.commit(agentId, { interactionId: call.work.interactionId, kind, text });
  }

  #line(call: Call, kind: Work['timeline'][number]['kind'], text: string): void {
    call.work.timeline.push({ at: Date.now(), kind, text });
  }

  #arm(call: Call): void {
    const offer = call.work.offer;
    if (offer == null) return;
    setTimeout(
      () => {
        if (call.work.offer?.id !== offer.id) return;
        this.setStatus(call.agentId ?? '', 'workOffline', 'training');
        this.withdraw(call, 'The offer timed out.');
      },
      Math.max(0, offer.deadline - Date.now()),
    ).unref();
  }
}

/** The form, before its time runs. */
function paperwork(): NonNullable<Work['wrapUp']> {
  return {
    draft: { disposition: 1000, codes: [], note: null },
    startedAt: null,
    deadline: null,
    dispositions: world.DISPOSITIONS,
    codes: world.CODES,
    codesRequired: true,
  };
}

function fresh(): Data {
  const agents = world.USERS.filter((user) => user.role === 'agent').map(({ agentId, name }) => ({
    id: agentId,
    name,
    status: 'loggedOut' as const,
    reason: null,
    since: Date.now(),
    next: null,
  }));
  return { position: 88_200, agents, calls: [], sessions: [], changes: [] };
}

function read(file: string): Data | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Data;
  } catch {
    return null;
  }
}
