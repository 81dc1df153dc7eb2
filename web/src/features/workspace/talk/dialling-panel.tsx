// A call this agent dialled, while it rings.
import type { Work } from '@/contract/types';
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import { Since } from '@/ui/timer';
import { UntrustedText } from '@/ui/untrusted-text';
import { end, endCall } from '../actions/end-call';
import { queueName } from '../model/words';
import { run } from '../run/run';
import { usePending } from '../run/use-pending';
import { Person } from '../stage/person';
import css from '../stage/stage.module.css';
import { Told } from './told';

export function DiallingPanel({ work }: { work: Work }) {
  return (
    <section className={css.card} aria-label="Calling">
      <div className={css.top}>
        <Person
          work={work}
          eyebrow={
            <p className={css.eyebrow}>
              <Icon name="callOut" />
              <span>
                Ringing · <UntrustedText text={queueName(work)} />
              </span>
            </p>
          }
        />
        {/* A callback has waited since it was made: that is not how long it rings. */}
        {!work.callback && (
          <p className={css.timer}>
            <Since at={work.createdAt} />
          </p>
        )}
      </div>
      <Told place={work.interactionId} />
      <div className={css.actions}>
        <Button
          tone="danger"
          className={css.last ?? ''}
          icon={<Icon name="hangUp" size={20} />}
          pending={usePending('end', work.interactionId)}
          shortcut={endCall.shortcut}
          onClick={() => run(end(work))}
        >
          Cancel
        </Button>
      </div>
    </section>
  );
}
