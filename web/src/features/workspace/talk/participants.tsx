// Who is in the conference. The agent may leave it, or end it for everybody.
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import { UntrustedText } from '@/ui/untrusted-text';
import { end } from '../actions/end-call';
import { hasColleagues } from '../model/lines';
import type { Talking } from '../model/place';
import { usePlace } from '../model/place-of-tenant';
import { caller, partyName } from '../model/words';
import { run } from '../run/run';
import css from './talk.module.css';

export function Participants({ work }: { work: Talking }) {
  const { locale } = usePlace();
  const others = work.participants.map((each) => ({
    name: partyName(each, locale),
    role: each.kind === 'agent' ? 'colleague' : 'outside',
  }));
  const customer = { name: caller(work, locale), role: 'customer' };
  return (
    <section className={css.people} aria-label="In this conference">
      <ul className={css.peopleList}>
        {[customer, ...others, { name: 'You', role: 'agent' }].map(({ name, role }) => (
          <li className={css.person} key={`${role}:${name}`}>
            <Icon name="user" size={16} />
            <b>
              <UntrustedText text={name} />
            </b>
            {name !== 'You' && <span>{role}</span>}
          </li>
        ))}
      </ul>
      {hasColleagues(work) && (
        <Button tone="quiet" size="small" onClick={() => run(end(work, true))}>
          End for everybody
        </Button>
      )}
    </section>
  );
}
