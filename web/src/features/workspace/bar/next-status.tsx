// A status that waits until the work is done: said in full, and easy to take back.
import type { State } from '@/contract/types';
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import { statusText } from '../model/words';
import css from './status-bar.module.css';
import { setStatus } from './status-menu';

type Next = NonNullable<State['agent']['next']>;

export function NextStatus({ state, next }: { state: State; next: Next }) {
  const text = statusText(state.statuses, next.status, next.reason);
  return (
    <span className={css.next}>
      <span>{text} after this</span>
      <Button
        tone="quiet"
        size="small"
        label={`Stay available: cancel ${text} after this`}
        icon={<Icon name="cross" size={14} />}
        onClick={() => setStatus('available', null)}
      />
    </span>
  );
}
