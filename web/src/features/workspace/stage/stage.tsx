// The middle: offers on top, then the interaction in work, always in the same place.
import { VisuallyHidden } from '@mantine/core';
import type { State, Work } from '@/contract/types';
import { Timeline } from '@/ui/timeline';
import { QueueTable } from '../bar/queue-table';
import { OutcomeCard } from '../dial/outcome-card';
import { findWork, isDialling, isOffered, isTalking, isWrappingUp } from '../model/place';
import { usePlace } from '../model/place-of-tenant';
import { useUi } from '../model/ui';
import { caller, placeText } from '../model/words';
import { OfferCard } from '../offer/offer-card';
import { OfferStrip } from '../offer/offer-strip';
import { CallPanel } from '../talk/call-panel';
import { DiallingPanel } from '../talk/dialling-panel';
import { EndedPanel } from '../talk/ended-panel';
import { CatchUpBanner } from './catch-up-banner';
import { Idle } from './idle';
import css from './stage.module.css';

export function Stage({ state }: { state: State }) {
  const place = usePlace();
  const selectedId = useUi((store) => store.selectedId);
  const work = findWork(state, selectedId);
  const others = state.work.filter(isOffered).filter((each) => each !== work);
  return (
    <div className={css.stage}>
      <VisuallyHidden role="status">{work === null ? '' : nowShown(work, state)}</VisuallyHidden>
      <CatchUpBanner />
      <OutcomeCard />
      {others.map((each) => (
        <OfferStrip key={each.offer.id} work={each} reasons={state.rejectReasons} />
      ))}
      {work === null && (
        <div className={css.empty}>
          <Idle state={state} />
          {state.queues.length > 0 && (
            <div className={`${css.card} ${css.queues}`}>
              <QueueTable queues={state.queues} />
            </div>
          )}
        </div>
      )}
      {work !== null && isOffered(work) && (
        <OfferCard key={work.offer.id} work={work} state={state} />
      )}
      {work !== null && isDialling(work) && <DiallingPanel work={work} />}
      {work !== null && isTalking(work) && <CallPanel work={work} />}
      {work !== null && isWrappingUp(work) && <EndedPanel work={work} />}
      {work !== null && <Timeline key={work.interactionId} entries={work.timeline} place={place} />}
    </div>
  );
}

/** For those who do not see the middle change; an offer has its own announcement. */
function nowShown(work: Work, { tenant }: State): string {
  return work.place === 'offered' ? '' : `${placeText(work)}: ${caller(work, tenant.locale)}`;
}
