// Running times of hundreds of rows: one ticker writes the digits, React draws nothing for it.
import { useLayoutEffect, useRef } from 'react';
import { clockDigits } from '@/lib/format/duration';
import { boardNow } from '../model/freshness';

const TICK_MS = 500;
const running = new Map<HTMLTimeElement, number>();
let timer: ReturnType<typeof setInterval> | undefined;

function tick(): void {
  const now = boardNow();
  for (const [element, at] of running) write(element, at, now);
}

function write(element: HTMLTimeElement, at: number, now: number): void {
  const digits = clockDigits(now - at);
  if (element.textContent !== digits) element.textContent = digits;
}

/** Time since a moment, counting up while the page is live. */
export function Elapsed({ at }: { at: number }) {
  const ref = useRef<HTMLTimeElement>(null);
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return;
    write(element, at, boardNow());
    running.set(element, at);
    timer ??= setInterval(tick, TICK_MS);
    return () => {
      running.delete(element);
      if (running.size > 0) return;
      clearInterval(timer);
      timer = undefined;
    };
  }, [at]);
  return <time ref={ref} className="digits" role="timer" aria-live="off" />;
}
