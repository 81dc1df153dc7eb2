// Lengths of time as digits for the eye and as words for the ear.

/** `0:07`, `12:04`, `1:02:03`. Whole seconds, cut, never below zero. */
export function clockDigits(ms: number): string {
  const total = Math.max(0, Math.floor(ms / 1000));
  const seconds = String(total % 60).padStart(2, '0');
  const minutes = Math.floor(total / 60) % 60;
  const hours = Math.floor(total / 3600);
  if (hours === 0) return `${minutes}:${seconds}`;
  return `${hours}:${String(minutes).padStart(2, '0')}:${seconds}`;
}

/**
 * Seconds left until a deadline, rounded up: "1" is shown until the very end, then "0". Never more than
 * the whole span, whatever the clocks think of each other.
 */
export function secondsLeft(
  deadline: number,
  now: number,
  from = Number.NEGATIVE_INFINITY,
): number {
  return Math.max(0, Math.ceil((deadline - Math.max(now, from)) / 1000));
}

/** "42 seconds", "3 minutes 5 seconds", "1 hour 2 minutes". */
export function spokenDuration(ms: number): string {
  const total = Math.max(0, Math.floor(ms / 1000));
  const [hours, minutes, seconds] = [
    Math.floor(total / 3600),
    Math.floor(total / 60) % 60,
    total % 60,
  ];
  if (hours > 0) return joined([count(hours, 'hour'), minutes > 0 && count(minutes, 'minute')]);
  if (minutes > 0)
    return joined([count(minutes, 'minute'), seconds > 0 && count(seconds, 'second')]);
  return count(seconds, 'second');
}

/** "1 event", "14 events". */
export function count(n: number, unit: string): string {
  return `${n} ${unit}${n === 1 ? '' : 's'}`;
}

function joined(parts: (string | false)[]): string {
  return parts.filter((part) => part !== false).join(' ');
}
