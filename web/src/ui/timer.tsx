// Running times, all from the server's clock.
import { clockDigits } from '@/lib/format/duration';
import { useServerNow } from '@/lib/use-server-now';

/** Time since a moment, counting up. Not announced: a screen reader asks when it wants to know. */
export function Since({ at }: { at: number }) {
  const now = useServerNow();
  return (
    <time className="digits" role="timer" aria-live="off">
      {clockDigits(now - at)}
    </time>
  );
}
