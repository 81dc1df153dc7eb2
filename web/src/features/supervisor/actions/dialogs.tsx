// The one dialog in front, if any.
import type { Wallboard } from '@/contract/types';
import { useUi } from '../model/ui';
import { AgentDialog } from './agent-dialog';
import { AssignDialog } from './assign-dialog';
import { FormulaDialog } from './formula-dialog';
import { RequeueDialog } from './requeue-dialog';

export function Dialogs({ board }: { board: Wallboard }) {
  const dialog = useUi((store) => store.dialog);
  switch (dialog?.kind) {
    case 'agent':
      return <AgentDialog agentId={dialog.agentId} board={board} />;
    case 'assign':
      return <AssignDialog interaction={dialog.interaction} board={board} />;
    case 'requeue':
      return <RequeueDialog interaction={dialog.interaction} board={board} />;
    case 'formula':
      return <FormulaDialog queueId={dialog.queueId} measure={dialog.measure} board={board} />;
    case undefined:
      return null;
  }
}
