// The second line, as a part of the call it was opened for: who is asked, how it stands, how to end it.
import type { Work } from '@/contract/types';
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import { Since } from '@/ui/timer';
import { UntrustedText } from '@/ui/untrusted-text';
import { end } from '../actions/end-call';
import { hangUpLine } from '../actions/hang-up-line';
import { isTalking } from '../model/place';
import { usePlace } from '../model/place-of-tenant';
import { partyNames } from '../model/words';
import { run } from '../run/run';
import { usePending } from '../run/use-pending';
import css from './talk.module.css';

export function SecondLine({ line }: { line: Work }) {
  const { locale } = usePlace();
  const connected = isTalking(line);
  return (
    <section className={css.line} aria-label="Second line">
      <span className={css.badge} data-ringing={!connected || undefined}>
        <Icon name={connected ? 'phone' : 'bell'} />
      </span>
      <div className={css.lineWho}>
        <p className={css.lineState} role="status">
          {connected ? 'Talking privately with' : 'Ringing'}
        </p>
        <p className={css.lineName}>
          <UntrustedText text={partyNames(line, locale)} />
        </p>
      </div>
      <span className={css.lineTime}>
        <Since at={line.talk?.answeredAt ?? line.createdAt} />
      </span>
      <Button
        icon={<Icon name="hangUp" />}
        pending={usePending('end', line.interactionId)}
        shortcut={hangUpLine.shortcut}
        onClick={() => run(end(line))}
      >
        Hang up line
      </Button>
    </section>
  );
}
