// Which code the arrow keys are on, and what Enter does with it.
import { type KeyboardEvent, useEffect, useState } from 'react';
import type { TransactionCode } from '@/contract/types';

interface ActiveCode {
  /** The code under the arrow keys: the first one until an arrow is pressed. */
  active: TransactionCode | undefined;
  reset: () => void;
  onKeyDown: (event: KeyboardEvent) => void;
}

export function useActiveCode(
  shown: TransactionCode[],
  optionId: (code: number) => string,
  choose: (code: number) => void,
): ActiveCode {
  const [activeId, setActiveId] = useState<number | null>(null);
  const active = shown.find((code) => code.id === activeId) ?? shown[0];
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || active === undefined) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      const next = shown.indexOf(active) + step;
      setActiveId(shown[Math.min(shown.length - 1, Math.max(0, next))]?.id ?? null);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      choose(active.id);
    }
  };
  const moved = activeId === null || active === undefined ? null : optionId(active.id);
  useEffect(() => {
    if (moved !== null) document.getElementById(moved)?.scrollIntoView({ block: 'nearest' });
  }, [moved]);
  return { active, reset: () => setActiveId(null), onKeyDown };
}
