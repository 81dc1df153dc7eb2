// Compares two states and says what happened to this agent's work that the agent did not do.
import type { Change, State, Work } from '@/contract/types';
import { firstLine, isConference, isConsultation } from './lines';
import { findWork, isTalking } from './place';
import { caller, partyNames, queueName } from './words';

export interface Transition {
  /** The interaction as it was. */
  work: Work;
  kind:
    | 'offerGone'
    | 'callEnded'
    | 'wrapUpGone'
    | 'dialEnded'
    | 'lineGone'
    | 'joined'
    | 'partyLeft';
  text: string;
}

/** The kind of change in which the server tells it. */
const TOLD_BY: Partial<Record<Transition['kind'], Change['kind']>> = {
  offerGone: 'offerEnded',
  callEnded: 'ended',
  wrapUpGone: 'completed',
  dialEnded: 'line',
  lineGone: 'line',
};

/** `mine` tells whether a request of this page that means the same is under way. */
export function transitions(
  before: State | null,
  after: State,
  changes: readonly Change[],
  mine: (kind: Transition['kind'], work: Work) => boolean,
): Transition[] {
  const result: Transition[] = [];
  for (const work of before?.work ?? []) {
    const kind = kindOf(work, before, after);
    if (kind === null || mine(kind, work)) continue;
    const told = changes.findLast(
      (change) => change.interactionId === work.interactionId && change.kind === TOLD_BY[kind],
    );
    const text = told === undefined ? fallback(kind, work, before, after) : sentence(told.text);
    result.push({ work, kind, text });
  }
  return result;
}

function kindOf(work: Work, before: State | null, after: State): Transition['kind'] | null {
  const now = findWork(after, work.interactionId);
  if (now === null && before !== null && firstLine(before.work, work) !== null) return 'lineGone';
  if (work.place === 'offered' && now === null) return 'offerGone';
  if (work.place === 'dialling' && (now === null || now.place === 'wrapUp')) return 'dialEnded';
  if (work.place === 'talking' && now?.place !== 'talking')
    return joinedTo(work, before, after) === null ? 'callEnded' : 'joined';
  if (work.place === 'wrapUp' && now === null) return 'wrapUpGone';
  if (now !== null && isConference(work) && gone(work, now) !== '') return 'partyLeft';
  return null;
}

/** The call that took the place of a consultation: the customer was handed over, or a conference made. */
function joinedTo(work: Work, before: State | null, after: State): Work | null {
  if (!isConsultation(work)) return null;
  const isNew = (each: Work) => findWork(before, each.interactionId) === null;
  return after.work.find((each) => isTalking(each) && isNew(each)) ?? null;
}

function gone(before: Work, now: Work): string {
  const left = before.participants.filter(
    (each) => !now.participants.some(({ kind, name }) => kind === each.kind && name === each.name),
  );
  return left.map(({ name }) => name).join(', ');
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function fallback(
  kind: Transition['kind'],
  work: Work,
  before: State | null,
  after: State,
): string {
  const { locale } = after.tenant;
  switch (kind) {
    case 'offerGone':
      return `The offer from ${queueName(work)} is no longer yours.`;
    case 'callEnded':
      return isConsultation(work)
        ? `${partyNames(work, locale)} has hung up.`
        : `The call from ${queueName(work)} has ended.`;
    case 'wrapUpGone':
      return `The wrap-up for ${queueName(work)} was closed.`;
    case 'dialEnded':
      return 'The call was not answered.';
    case 'lineGone':
      return isTalking(work)
        ? `${partyNames(work, locale)} has hung up.`
        : `${partyNames(work, locale)} did not answer.`;
    case 'joined': {
      const call = joinedTo(work, before, after);
      return `You are now talking to ${call === null ? 'the customer' : caller(call, locale)}.`;
    }
    case 'partyLeft':
      return `${gone(work, findWork(after, work.interactionId) ?? work)} left the conference.`;
  }
}
