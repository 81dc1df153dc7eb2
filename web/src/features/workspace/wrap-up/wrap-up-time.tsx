// Wrap-up time counts up against what is allowed; past it, it says so in words.
import { clockDigits } from '@/lib/format/duration';
import { useServerNow } from '@/lib/use-server-now';
import type { WrappingUp } from '../model/place';

export function WrapUpTime({ wrapUp }: Pick<WrappingUp, 'wrapUp'>) {
  const now = useServerNow();
  const { startedAt, deadline } = wrapUp;
  const over = now - deadline;
  return (
    <>
      <span className="digits" role="timer" aria-live="off">
        {clockDigits(now - startedAt)}
      </span>
      <small className="digits">
        {over >= 1_000 ? `over by ${clockDigits(over)}` : `of ${clockDigits(deadline - startedAt)}`}
      </small>
    </>
  );
}
