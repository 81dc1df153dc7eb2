import type { Work } from '@/contract/types';
import { secondLine } from '../model/lines';
import { type Action, type ActionContext, alt, type Effect } from './action';
import { end } from './end-call';
import { target } from './target';

function perform(context: ActionContext): Effect | null {
  const hasLine = (work: Work): work is Work =>
    secondLine(context.state, work.interactionId) !== null;
  const work = target(context, hasLine);
  const line = work === null ? null : secondLine(context.state, work.interactionId);
  return line === null ? null : end(line);
}

export const hangUpLine: Action = {
  id: 'hangUpLine',
  label: 'Hang up the second line',
  shortcut: alt('l'),
  available: (context) => perform(context) !== null,
  perform,
};
