// Time left until a deadline of the server: a ring for the glance and digits for the truth.
import { count, secondsLeft } from '@/lib/format/duration';
import { useServerNow } from '@/lib/use-server-now';
import css from './countdown-ring.module.css';
import { rem } from './icon';

/** From here the ring also changes color; the digits always say the same. */
const URGENT_SECONDS = 5;

interface CountdownRingProps {
  from: number;
  deadline: number;
  /** Outer size in pixels. */
  size: number;
}

export function CountdownRing({ from, deadline, size }: CountdownRingProps) {
  const now = useServerNow();
  const seconds = secondsLeft(deadline, now, from);
  const width = size >= 64 ? 6 : 3;
  const radius = (size - width) / 2;
  const length = 2 * Math.PI * radius;
  const share = Math.min(1, Math.max(0, (deadline - now) / Math.max(1, deadline - from)));
  const circle = { cx: size / 2, cy: size / 2, r: radius, fill: 'none', strokeWidth: width };
  return (
    <span
      className={css.ring}
      data-urgent={seconds <= URGENT_SECONDS || undefined}
      role="timer"
      aria-live="off"
      aria-label={`${count(seconds, 'second')} left`}
    >
      <svg width={rem(size)} height={rem(size)} viewBox={`0 0 ${size} ${size}`} aria-hidden="true">
        <circle className={css.track} {...circle} />
        <circle
          className={css.rest}
          {...circle}
          strokeLinecap="round"
          strokeDasharray={length}
          strokeDashoffset={length * (1 - share)}
        />
      </svg>
      <span className={`${css.digits} digits`} aria-hidden="true" data-size={size}>
        {seconds}
        <small>s</small>
      </span>
    </span>
  );
}
