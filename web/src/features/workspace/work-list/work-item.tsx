// One interaction in the list.
import type { Work } from '@/contract/types';
import { CountdownRing } from '@/ui/countdown-ring';
import { Icon } from '@/ui/icon';
import { Since } from '@/ui/timer';
import { UntrustedText } from '@/ui/untrusted-text';
import { isOffered, isTalking, isWrappingUp } from '../model/place';
import { usePlace } from '../model/place-of-tenant';
import { caller, MEDIA, placeText, queueName } from '../model/words';
import css from './work-list.module.css';

interface WorkItemProps {
  work: Work;
  current: boolean;
  onSelect: () => void;
}

export function WorkItem({ work, current, onSelect }: WorkItemProps) {
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
    </button>
  );
}

function Time({ work }: { work: Work }) {
  if (isOffered(work)) {
    return <CountdownRing from={work.offer.offeredAt} deadline={work.offer.deadline} size={36} />;
  }
  if (isTalking(work)) return <Since at={work.talk.heldSince ?? work.talk.answeredAt} />;
  return isWrappingUp(work) ? <Since at={work.wrapUp.startedAt} /> : null;
}
