// Nothing in work: says what will happen next, or what has to happen first.
import type { State } from '@/contract/types';
import { Button } from '@/ui/button';
import { Message } from '@/ui/message';
import { Since } from '@/ui/timer';
import { setStatus } from '../bar/status-menu';
import { STATUS_ICON, statusText } from '../model/words';
import { usePending } from '../run/use-pending';

export function Idle({ state }: { state: State }) {
  const { status, reason, since } = state.agent;
  const pending = usePending('status');
  if (status === 'available') {
    return (
      <Message icon="check" title="You are available">
        <p>The next offer appears here by itself. It rings, and nothing you type is interrupted.</p>
      </Message>
    );
  }
  const back = (
    <Button tone="primary" pending={pending} onClick={() => setStatus('available', null)}>
      Go available
    </Button>
  );
  return (
    <Message
      icon={STATUS_ICON[status]}
      title={statusText(state.statuses, status, reason)}
      actions={back}
    >
      <p>
        {since > 0 && (
          <>
            For <Since at={since} />.{' '}
          </>
        )}
        You get no offers until you go available yourself.
      </p>
    </Message>
  );
}
