// What happened while this page could not listen. Stays until read.
import { count } from '@/lib/format/duration';
import { timeOfDay } from '@/lib/format/instant';
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import { UntrustedText } from '@/ui/untrusted-text';
import { useLive } from '../model/live';
import { usePlace } from '../model/place-of-tenant';
import css from './catch-up-banner.module.css';

/** The rest is in the timelines. */
const SHOWN_MAX = 8;

export function CatchUpBanner() {
  const catchUp = useLive((store) => store.catchUp);
  const place = usePlace();
  if (catchUp === null) return null;
  const { missed, changes } = catchUp;
  const shown = changes.slice(-SHOWN_MAX);
  return (
    <section className={css.banner} aria-label="Connection restored">
      <div className={css.head}>
        <Icon name="catchUp" />
        <p role="status">
          {missed === 0
            ? 'Connected again. This page is up to date.'
            : `Connected again. You missed ${count(missed, 'event')}; this page now shows them.`}
        </p>
        <Button
          tone="quiet"
          size="small"
          label="Dismiss"
          icon={<Icon name="cross" size={16} />}
          onClick={() => useLive.setState({ catchUp: null })}
        />
      </div>
      {shown.length > 0 && (
        <ol className={css.changes}>
          {shown.map((change, index) => (
            // Changes have no id; the list is replaced whole.
            // biome-ignore lint/suspicious/noArrayIndexKey: never reordered
            <li key={index}>
              <time className="digits">{timeOfDay(change.at, place)}</time>
              <UntrustedText text={change.text} clipAs="the change" />
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
