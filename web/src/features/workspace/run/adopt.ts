// Takes a state from any road (socket, answer, reload) and lets everything that depends on it follow.
import type { Change, State, Work } from '@/contract/types';
import { serverClock } from '@/lib/server-clock';
import { chooseSelected } from '../model/choose-selected';
import { forgetDraft, useDrafts } from '../model/draft';
import { useLive } from '../model/live';
import { notify } from '../model/notices';
import { setOutcome } from '../model/outcome';
import { findWork } from '../model/place';
import { replaceState } from '../model/replace-state';
import { tell } from '../model/told';
import { type Transition, transitions } from '../model/transitions';
import { select, useUi } from '../model/ui';

export function adopt(incoming: State, changes: readonly Change[] = []): void {
  serverClock.observe(incoming.now, Date.now());
  const before = useLive.getState().state;
  const after = replaceState(before, incoming);
  if (after === before) return;
  useLive.setState({ state: after, loadError: null });
  const { selectedId } = useUi.getState();
  for (const transition of transitions(before, after, changes, isMine)) say(transition, after);
  const next = chooseSelected(after.work, selectedId);
  if (next !== selectedId) select(next);
}

/** The log began again (another data directory, a restore): what we knew is void. */
export function adoptAnew(incoming: State): void {
  useLive.setState({ state: null });
  adopt(incoming);
}

/** Requests of this page that lead to the same thing, and then need no explanation. */
function causes(kind: Transition['kind'], { interactionId, lineOf }: Work): string[] {
  switch (kind) {
    case 'offerGone':
      return [`accept:${interactionId}`, `reject:${interactionId}`];
    case 'callEnded':
      return [`end:${interactionId}`, `transfer:${interactionId}`];
    case 'wrapUpGone':
      return [`wrapUp:${interactionId}`];
    case 'dialEnded':
      return [`end:${interactionId}`];
    case 'lineGone':
      return [`end:${interactionId}`, `transfer:${lineOf}`, `conference:${lineOf}`];
    case 'joined':
    case 'partyLeft':
      return [];
  }
}

function isMine(kind: Transition['kind'], work: Work): boolean {
  const { inFlight } = useUi.getState();
  return causes(kind, work).some((cause) => inFlight.has(cause));
}

function say({ kind, text, work }: Transition, after: State): void {
  if (kind === 'dialEnded') {
    // With paperwork to do, the call is still on screen and says it itself.
    if (findWork(after, work.interactionId) !== null) return tell(work.interactionId, text);
    return setOutcome({ number: work.ani, queue: work.queue, text });
  }
  if (kind === 'lineGone') return tell(work.lineOf ?? work.interactionId, text);
  if (kind !== 'wrapUpGone') return notify('info', text);
  const { note = '' } = useDrafts.getState().unsaved[work.interactionId] ?? {};
  forgetDraft(work.interactionId);
  if (note.trim() === '') return notify('info', text);
  notify('warning', `${text} Your note was not saved.`, note);
}
