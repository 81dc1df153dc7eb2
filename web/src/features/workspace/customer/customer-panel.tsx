// The customer of the interaction in work: what integrations sent, then how they reached us.
import type { Work } from '@/contract/types';
import { fullInstant, timeOfDay } from '@/lib/format/instant';
import { UntrustedText } from '@/ui/untrusted-text';
import { usePlace } from '../model/place-of-tenant';
import { MEDIA, phone } from '../model/words';
import css from './customer.module.css';
import { CustomerInformation } from './customer-information';

export function CustomerPanel({ work }: { work: Work }) {
  const place = usePlace();
  return (
    <CustomerInformation variables={work.variables}>
      <p className={`${css.reached} digits`}>
        {MEDIA[work.mediaType].text} to <UntrustedText text={phone(work.channel, place.locale)} />{' '}
        at{' '}
        <time
          dateTime={new Date(work.createdAt).toISOString()}
          title={fullInstant(work.createdAt, place)}
        >
          {timeOfDay(work.createdAt, place)}
        </time>
      </p>
    </CustomerInformation>
  );
}
