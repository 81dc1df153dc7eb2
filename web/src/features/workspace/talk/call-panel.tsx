// A call in progress. Its controls never change their place.
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import { Since } from '@/ui/timer';
import { UntrustedText } from '@/ui/untrusted-text';
import { end, endCall } from '../actions/end-call';
import { holdOrResume, toggleHold } from '../actions/toggle-hold';
import { muteOrUnmute, toggleMute } from '../actions/toggle-mute';
import type { Talking } from '../model/place';
import { MEDIA, queueName } from '../model/words';
import { run } from '../run/run';
import { usePending } from '../run/use-pending';
import { Person } from '../stage/person';
import css from '../stage/stage.module.css';

export function CallPanel({ work }: { work: Talking }) {
  const { talk } = work;
  return (
    <section className={css.card} aria-label="Call">
      <div className={css.top}>
        <Person work={work} eyebrow={<Condition work={work} />} />
        <p className={css.timer}>
          <Since at={talk.answeredAt} />
          {talk.heldSince != null && (
            <small>
              on hold <Since at={talk.heldSince} />
            </small>
          )}
        </p>
      </div>
      <Controls work={work} />
    </section>
  );
}

function Condition({ work }: { work: Talking }) {
  const held = work.talk.heldSince != null;
  return (
    <p className={css.eyebrow} data-tone={held ? 'warn' : undefined}>
      <Icon name={held ? 'pause' : MEDIA[work.mediaType].icon} />
      <span>
        {held ? 'On hold' : 'In talk'} · <UntrustedText text={queueName(work)} />
        {work.talk.muted && ' · you are muted'}
      </span>
    </p>
  );
}

function Controls({ work }: { work: Talking }) {
  const { interactionId, talk } = work;
  const held = talk.heldSince != null;
  const holding = usePending('hold', interactionId);
  const resuming = usePending('resume', interactionId);
  return (
    <div className={css.actions}>
      <Button
        aria-pressed={talk.muted}
        className={css.steady ?? ''}
        icon={<Icon name={talk.muted ? 'micOff' : 'mic'} size={20} />}
        pending={usePending('mute', interactionId)}
        shortcut={toggleMute.shortcut}
        onClick={() => run(muteOrUnmute(work))}
      >
        {talk.muted ? 'Unmute' : 'Mute'}
      </Button>
      <Button
        aria-pressed={held}
        className={css.steady ?? ''}
        icon={<Icon name={held ? 'play' : 'pause'} size={20} />}
        pending={holding || resuming}
        shortcut={toggleHold.shortcut}
        onClick={() => run(holdOrResume(work))}
      >
        {held ? 'Resume' : 'Hold'}
      </Button>
      <Button
        tone="danger"
        className={css.last ?? ''}
        icon={<Icon name="hangUp" size={20} />}
        pending={usePending('end', interactionId)}
        shortcut={endCall.shortcut}
        onClick={() => run(end(work))}
      >
        End
      </Button>
    </div>
  );
}
