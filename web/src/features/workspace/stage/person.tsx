// Who is on the line: name, number and the number they called.
import type { ReactNode } from 'react';
import type { Work } from '@/contract/types';
import { UntrustedText } from '@/ui/untrusted-text';
import { isConsultation } from '../model/lines';
import { usePlace } from '../model/place-of-tenant';
import { caller, phone } from '../model/words';
import css from './stage.module.css';

/** The heading takes the focus when the button that had it is gone. */
export const STAGE_HEADING = 'stage-heading';

export function Person({ work, eyebrow }: { work: Work; eyebrow: ReactNode }) {
  const { locale } = usePlace();
  const number = isConsultation(work) ? '' : phone(work.ani, locale);
  const name = caller(work, locale);
  return (
    <div className={css.who}>
      {eyebrow}
      <h2 className={css.name} id={STAGE_HEADING} tabIndex={-1}>
        <UntrustedText text={name} clipAs="the name" />
      </h2>
      {number !== '' && number !== name && (
        <p className={`${css.number} digits`}>
          <UntrustedText text={number} />
        </p>
      )}
    </div>
  );
}
