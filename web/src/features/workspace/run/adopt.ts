// Takes a state from any road (socket, answer, reload) and lets everything that depends on it follow.
import type { Change, State } from '@/contract/types';
import { serverClock } from '@/lib/server-clock';
import type { Request } from '../actions/action';
import { chooseSelected } from '../model/choose-selected';
import { draftOf, dropDraft } from '../model/draft';
import { useLive } from '../model/live';
import { notify } from '../model/notices';
import { replaceState } from '../model/replace-state';
import { type Transition, transitions } from '../model/transitions';
import { select, useUi } from '../model/ui';

/** Requests of this page that lead to the same thing, and then need no explanation. */
const CAUSES: Record<Transition['kind'], Request['kind'][]> = {
  offerGone: ['accept', 'reject'],
  callEnded: ['end'],
  wrapUpGone: ['wrapUp'],
};

export function adopt(incoming: State, changes: readonly Change[] = []): void {
  serverClock.observe(incoming.now, Date.now());
  const before = useLive.getState().state;
  const after = replaceState(before, incoming);
  if (after === before) return;
  useLive.setState({ state: after, loadError: null });
  const { selectedId, inFlight } = useUi.getState();
  const mine = (kind: Transition['kind'], id: string) =>
    CAUSES[kind].some((cause) => inFlight.has(`${cause}:${id}`));
  for (const transition of transitions(before, after, changes, mine)) tell(transition);
  const next = chooseSelected(after.work, selectedId);
  if (next !== selectedId) select(next);
}

/** The log began again (another data directory, a restore): what we knew is void. */
export function adoptAnew(incoming: State): void {
  useLive.setState({ state: null });
  adopt(incoming);
}

function tell({ kind, text, interactionId }: Transition): void {
  if (kind !== 'wrapUpGone') return notify('info', text);
  const { note } = draftOf(interactionId);
  dropDraft(interactionId);
  if (note.trim() === '') return notify('info', text);
  notify('warning', `${text} Your note was not sent.`, note);
}
