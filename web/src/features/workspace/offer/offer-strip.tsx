// An offer that came while something else is on screen: one line, never over what is being done.
import type { State } from '@/contract/types';
import { Button } from '@/ui/button';
import { CountdownRing } from '@/ui/countdown-ring';
import { Icon } from '@/ui/icon';
import { Since } from '@/ui/timer';
import { UntrustedText } from '@/ui/untrusted-text';
import type { Offered } from '../model/place';
import { usePlace } from '../model/place-of-tenant';
import { select } from '../model/ui';
import { caller, MEDIA, offerText, queueName } from '../model/words';
import css from '../stage/stage.module.css';
import { AcceptButton } from './accept-button';
import { RejectButton } from './reject-button';

interface OfferStripProps {
  work: Offered;
  reasons: State['rejectReasons'];
}

export function OfferStrip({ work, reasons }: OfferStripProps) {
  const { locale } = usePlace();
  const { offer } = work;
  return (
    <section className={`${css.card} ${css.strip}`} data-tone="offer" aria-label="Another offer">
      <CountdownRing from={offer.offeredAt} deadline={offer.deadline} size={44} />
      <div className={css.who}>
        <p className={css.eyebrow}>
          <Icon name={work.callback ? 'callOut' : MEDIA[work.mediaType].icon} size={16} />
          <span>
            {offerText(work)} · <UntrustedText text={queueName(work)} />
          </span>
        </p>
        <p>
          <b>
            <UntrustedText text={caller(work, locale)} />
          </b>
          , waiting <Since at={work.queuedAt} />
        </p>
      </div>
      <Button tone="quiet" onClick={() => select(work.interactionId)}>
        Show
      </Button>
      <AcceptButton work={work} small />
      <RejectButton work={work} reasons={reasons} />
    </section>
  );
}
