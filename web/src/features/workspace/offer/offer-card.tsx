// An offer, in full: who, from where, how long they waited, and why it came to me.
import type { State } from '@/contract/types';
import { CountdownRing } from '@/ui/countdown-ring';
import { Icon } from '@/ui/icon';
import { Since } from '@/ui/timer';
import { UntrustedText } from '@/ui/untrusted-text';
import { CustomerInformation } from '../customer/customer-information';
import { Messages } from '../customer/messages';
import { isConsultation } from '../model/lines';
import type { Offered } from '../model/place';
import { usePlace } from '../model/place-of-tenant';
import { MEDIA, offerText, phone, queueName } from '../model/words';
import { Person } from '../stage/person';
import css from '../stage/stage.module.css';
import { WhyYou } from '../why/why-you';
import { AcceptButton } from './accept-button';
import { RejectButton } from './reject-button';

/** More than these do not help to decide in seconds; all of them are in the customer column. */
const VARIABLES_MAX = 7;

export function OfferCard({ work, state }: { work: Offered; state: State }) {
  const { offer } = work;
  return (
    <section className={css.card} data-tone="offer" aria-label="Offer">
      <div className={css.top}>
        <Person
          work={work}
          eyebrow={
            <p className={css.eyebrow}>
              <Icon name={work.callback ? 'callOut' : MEDIA[work.mediaType].icon} />
              <span>
                {offerText(work)} · <UntrustedText text={queueName(work)} />
              </span>
            </p>
          }
        />
        <span className={css.ring}>
          <CountdownRing from={offer.offeredAt} deadline={offer.deadline} size={88} />
        </span>
      </div>
      {work.callback && <p className={css.note}>The customer is rung as soon as you accept.</p>}
      {!isConsultation(work) && <Facts work={work} />}
      <div className={css.actions}>
        <AcceptButton work={work} />
        <RejectButton work={work} reasons={state.rejectReasons} />
      </div>
      <div className={css.inside}>
        <Messages messages={work.messages} />
        {!isConsultation(work) && (
          <CustomerInformation variables={work.variables.slice(0, VARIABLES_MAX)} />
        )}
        <WhyYou why={offer.why} agentId={state.agent.id} />
      </div>
    </section>
  );
}

function Facts({ work }: { work: Offered }) {
  const { locale } = usePlace();
  return (
    <dl className={css.facts}>
      <div>
        <dt>Waiting</dt>
        <dd>
          <Since at={work.queuedAt} />
        </dd>
      </div>
      <div>
        <dt>Priority</dt>
        <dd className="digits">{work.priority}</dd>
      </div>
      <div>
        <dt>{work.mediaType === 'phone' ? 'Called' : 'Channel'}</dt>
        <dd className="digits">
          <UntrustedText text={phone(work.channel, locale)} />
        </dd>
      </div>
    </dl>
  );
}
