// A call that ended: how long it was, and how much of the wrap-up time is used.
import { clockDigits } from '@/lib/format/duration';
import { useServerNow } from '@/lib/use-server-now';
import { Icon } from '@/ui/icon';
import { UntrustedText } from '@/ui/untrusted-text';
import { secondLine } from '../model/lines';
import { useLive } from '../model/live';
import type { WrappingUp } from '../model/place';
import { queueName } from '../model/words';
import { Person } from '../stage/person';
import css from '../stage/stage.module.css';
import { WrapUpTime } from '../wrap-up/wrap-up-time';
import { SecondLine } from './second-line';
import talkCss from './talk.module.css';
import { Told } from './told';

export function EndedPanel({ work }: { work: WrappingUp }) {
  const { startedAt, deadline } = work.wrapUp;
  const line = useLive(({ state }) => secondLine(state, work.interactionId));
  const { talk } = work;
  // Nobody answered a call that this agent dialled, or called back: there was no talk, only ringing.
  const rangOnly =
    work.direction === 'out' &&
    talk !== null &&
    (talk.answeredAt <= work.createdAt || talk.answeredAt === talk.endedAt);
  const talked = talk === null || rangOnly ? null : (talk.endedAt ?? startedAt) - talk.answeredAt;
  return (
    <section className={`${css.card} ${talkCss.card}`} aria-label="Ended call">
      <div className={css.top}>
        <Person
          work={work}
          eyebrow={
            <p className={css.eyebrow} data-tone="quiet">
              <Icon name="note" />
              <span className="digits">
                Wrap-up · <UntrustedText text={queueName(work)} />
                {talked !== null && ` · talked ${clockDigits(talked)}`}
              </span>
            </p>
          }
        />
        <p className={css.timer}>
          <WrapUpTime wrapUp={work.wrapUp} />
        </p>
      </div>
      <Progress from={startedAt} to={deadline} />
      {line !== null && <SecondLine line={line} />}
      <Told place={work.interactionId} />
    </section>
  );
}

function Progress({ from, to }: { from: number; to: number }) {
  const now = useServerNow();
  const share = Math.min(1, Math.max(0, (now - from) / Math.max(1, to - from)));
  return (
    <div className={css.progress} data-over={share >= 1 || undefined} aria-hidden="true">
      <span style={{ width: `${share * 100}%` }} />
    </div>
  );
}
