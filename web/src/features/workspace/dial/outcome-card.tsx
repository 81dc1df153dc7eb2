// A call that led to no talk: told where the call was, with the way to try again.
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import { UntrustedText } from '@/ui/untrusted-text';
import { setOutcome, useOutcome } from '../model/outcome';
import { usePlace } from '../model/place-of-tenant';
import { phone } from '../model/words';
import { run } from '../run/run';
import { usePending } from '../run/use-pending';
import stageCss from '../stage/stage.module.css';
import css from './dial.module.css';

export function OutcomeCard() {
  const outcome = useOutcome((store) => store.outcome);
  const { locale } = usePlace();
  const pending = usePending('dial');
  return (
    <div role="status" className={css.slot}>
      {outcome !== null && (
        <section className={`${stageCss.card} ${css.outcome}`} aria-label="Call not connected">
          <Icon name="info" />
          <p>
            <b>
              <UntrustedText text={phone(outcome.number, locale)} />
            </b>{' '}
            <UntrustedText text={outcome.text} clipAs="the message" />
          </p>
          <Button
            icon={<Icon name="callOut" />}
            pending={pending}
            onClick={() => {
              const queueId = outcome.queue?.id ?? null;
              run({ type: 'request', request: { kind: 'dial', to: outcome.number, queueId } });
            }}
          >
            Call again
          </Button>
          <Button
            tone="quiet"
            label="Dismiss"
            icon={<Icon name="cross" size={16} />}
            onClick={() => setOutcome(null)}
          />
        </section>
      )}
    </div>
  );
}
