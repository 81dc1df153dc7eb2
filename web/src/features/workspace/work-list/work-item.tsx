// One interaction in the list.
import type { Work } from '@/contract/types';
import { CountdownRing } from '@/ui/countdown-ring';
import { Icon } from '@/ui/icon';
import { Since } from '@/ui/timer';
import { UntrustedText } from '@/ui/untrusted-text';
import { isDialling, isOffered, isTalking, isWrappingUp } from '../model/place';
import { usePlace } from '../model/place-of-tenant';
import { caller, MEDIA, partyNames, placeText, queueName } from '../model/words';
import css from './work-list.module.css';

interface WorkItemProps {
  work: Work;
  /** The second line opened for it. */
  line: Work | null;
  current: boolean;
  onSelect: () => void;
}

export function WorkItem({ work, line, current, onSelect }: WorkItemProps) {
  const { locale } = usePlace();
  return (
    <button
      type="button"
      className={css.item}
      data-place={work.place}
      aria-current={current}
      onClick={onSelect}
    >
      <span className={css.media}>
        <Icon name={MEDIA[work.mediaType].icon} />
      </span>
      <span className={css.who}>
        <span className={css.name}>
          <UntrustedText text={caller(work, locale)} />
        </span>
        <span className={css.sub}>
          {placeText(work)} · <UntrustedText text={queueName(work)} />
        </span>
      </span>
      <span className={css.time}>
        <Time work={work} />
      </span>
      {line !== null && (
        <span className={css.line}>
          <span className={css.sub}>
            {isTalking(line) ? 'Asking' : 'Ringing'}{' '}
            <UntrustedText text={partyNames(line, locale)} />
          </span>
          <Since at={line.talk?.answeredAt ?? line.createdAt} />
        </span>
      )}
    </button>
  );
}

function Time({ work }: { work: Work }) {
  if (isOffered(work)) {
    return <CountdownRing from={work.offer.offeredAt} deadline={work.offer.deadline} size={36} />;
  }
  if (isTalking(work)) return <Since at={work.talk.heldSince ?? work.talk.answeredAt} />;
  if (isDialling(work)) return <Since at={work.createdAt} />;
  return isWrappingUp(work) ? <Since at={work.wrapUp.startedAt} /> : null;
}
