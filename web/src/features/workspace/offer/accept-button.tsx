// Accept, safe from a click that was meant for what was there a moment ago.
import { type MouseEvent, useRef } from 'react';
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import { accept, acceptOffer } from '../actions/accept-offer';
import type { Offered } from '../model/place';
import { run } from '../run/run';
import { usePending } from '../run/use-pending';
import css from '../stage/stage.module.css';

/** A pointer that presses sooner was already on its way when the offer appeared. */
export const TOO_SOON_MS = 400;

export function AcceptButton({ work, small = false }: { work: Offered; small?: boolean }) {
  const appearedAt = useRef(performance.now());
  const pending = usePending('accept', work.interactionId);
  const onClick = (event: MouseEvent) => {
    const byPointer = event.detail > 0;
    if (byPointer && event.timeStamp - appearedAt.current < TOO_SOON_MS) return;
    run(accept(work));
  };
  return (
    <Button
      tone="primary"
      className={small ? '' : (css.accept ?? '')}
      icon={<Icon name="check" size={20} />}
      pending={pending}
      shortcut={acceptOffer.shortcut}
      onClick={onClick}
    >
      Accept
    </Button>
  );
}
