// A call in progress, with everything that belongs to it: its controls, the second line, the others.
import { Icon } from '@/ui/icon';
import { Since } from '@/ui/timer';
import { UntrustedText } from '@/ui/untrusted-text';
import { isConference, isConsultation, secondLine } from '../model/lines';
import { useLive } from '../model/live';
import type { Talking } from '../model/place';
import { useUi } from '../model/ui';
import { MEDIA, queueName, RECORDING } from '../model/words';
import { Person } from '../stage/person';
import css from '../stage/stage.module.css';
import { TransferPanel } from '../transfer/transfer-panel';
import { Controls } from './controls';
import { Participants } from './participants';
import { SecondLine } from './second-line';
import talkCss from './talk.module.css';
import { Told } from './told';

export function CallPanel({ work }: { work: Talking }) {
  const { talk, interactionId } = work;
  const line = useLive(({ state }) => secondLine(state, interactionId));
  const choosing = useUi(
    ({ surface }) => surface.kind === 'transfer' && surface.interactionId === interactionId,
  );
  return (
    <section className={`${css.card} ${talkCss.card}`} aria-label="Call">
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
      <Recorded work={work} />
      <Controls work={work} line={line} />
      {line !== null && <SecondLine line={line} />}
      {isConference(work) && <Participants work={work} />}
      {!choosing && <Told place={interactionId} />}
      {choosing && line === null && <TransferPanel key={interactionId} work={work} />}
    </section>
  );
}

function Condition({ work }: { work: Talking }) {
  const held = work.talk.heldSince != null;
  const kind = isConference(work) ? 'Conference' : 'In talk';
  return (
    <p className={css.eyebrow} data-tone={held ? 'warn' : undefined}>
      <Icon name={held ? 'pause' : MEDIA[work.mediaType].icon} />
      <span>
        {held ? 'On hold' : kind} · <UntrustedText text={queueName(work)} />
        {work.talk.muted && ' · you are muted'}
      </span>
    </p>
  );
}

/** Whether it is recorded, in words and shape: people are told so on the phone. */
function Recorded({ work }: { work: Talking }) {
  if (isConsultation(work)) return null;
  const { recording } = work.talk;
  return (
    <p className={talkCss.recorded} data-recording={recording}>
      <Icon name={RECORDING[recording].icon} size={14} />
      {RECORDING[recording].text}
    </p>
  );
}
