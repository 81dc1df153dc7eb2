// How this person reached us.
import type { Work } from '@/contract/types';
import { fullInstant, timeOfDay } from '@/lib/format/instant';
import { Panel } from '@/ui/panel';
import { UntrustedText } from '@/ui/untrusted-text';
import { usePlace } from '../model/place-of-tenant';
import { MEDIA, phone } from '../model/words';
import css from './customer.module.css';

export function Contact({ work }: { work: Work }) {
  const place = usePlace();
  const called = work.mediaType === 'phone' ? 'Called' : 'Wrote to';
  return (
    <Panel title="Customer">
      <dl className={css.rows}>
        {work.callerName != null && (
          <Row name="Name">
            <UntrustedText text={work.callerName} clipAs="the name" />
          </Row>
        )}
        <Row name={work.mediaType === 'email' ? 'Address' : 'Number'}>
          <UntrustedText text={phone(work.ani, place.locale)} />
        </Row>
        <Row name={called}>
          <UntrustedText text={phone(work.channel, place.locale)} />
        </Row>
        <Row name="Arrived">
          <time
            dateTime={new Date(work.createdAt).toISOString()}
            title={fullInstant(work.createdAt, place)}
          >
            {timeOfDay(work.createdAt, place)}
          </time>{' '}
          <span className={css.quiet}>by {MEDIA[work.mediaType].text.toLowerCase()}</span>
        </Row>
      </dl>
    </Panel>
  );
}

function Row({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div className={css.row}>
      <dt>{name}</dt>
      <dd className="digits">{children}</dd>
    </div>
  );
}
