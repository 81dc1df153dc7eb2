// What happened to this interaction so far, newest last, in the words of the log.
import { VisuallyHidden } from '@mantine/core';
import { useState } from 'react';
import type { TimelineEntry } from '@/contract/types';
import type { Place } from '@/lib/format/formatted';
import { fullInstant, timeOfDay } from '@/lib/format/instant';
import { Button } from './button';
import { Icon, type IconName } from './icon';
import css from './timeline.module.css';
import { UntrustedText } from './untrusted-text';

const KINDS: Record<TimelineEntry['kind'], { icon: IconName; word: string }> = {
  script: { icon: 'script', word: 'Script' },
  prompt: { icon: 'prompt', word: 'Prompt' },
  digits: { icon: 'digits', word: 'Keys' },
  variables: { icon: 'variables', word: 'Variables' },
  queue: { icon: 'queue', word: 'Queue' },
  offer: { icon: 'target', word: 'Offer' },
  talk: { icon: 'phone', word: 'Talk' },
  system: { icon: 'info', word: 'System' },
};

/** As many as the style sheet leaves on narrow screens. */
const LATEST = 4;

interface TimelineProps {
  entries: TimelineEntry[];
  place: Place;
  /** All of it at once, also where there is little room. */
  all?: boolean;
}

export function Timeline({ entries, place, all = false }: TimelineProps) {
  const [whole, setWhole] = useState(all);
  return (
    <section className={css.panel} aria-labelledby="timeline-title">
      <h2 className={css.title} id="timeline-title">
        Timeline
      </h2>
      {entries.length === 0 ? (
        <p className={css.empty}>Nothing has happened yet.</p>
      ) : (
        <ol className={css.list} data-whole={whole || undefined}>
          {entries.map((entry, index) => (
            // Entries have no id; the list only grows at its end.
            // biome-ignore lint/suspicious/noArrayIndexKey: never reordered
            <Entry key={index} entry={entry} place={place} />
          ))}
        </ol>
      )}
      {entries.length > LATEST && !whole && (
        <div className={css.all}>
          <Button tone="quiet" size="small" onClick={() => setWhole(true)}>
            Show all {entries.length} entries
          </Button>
        </div>
      )}
    </section>
  );
}

function Entry({ entry, place }: { entry: TimelineEntry; place: Place }) {
  const { icon, word } = KINDS[entry.kind] ?? KINDS.system;
  return (
    <li className={css.entry} data-kind={entry.kind}>
      <span className={css.mark} title={word}>
        <Icon name={icon} size={14} />
        <VisuallyHidden>{word}: </VisuallyHidden>
      </span>
      <span>
        <UntrustedText text={entry.text} clipAs="this entry" />
      </span>
      <time
        className={`${css.time} digits`}
        dateTime={new Date(entry.at).toISOString()}
        title={fullInstant(entry.at, place)}
      >
        {timeOfDay(entry.at, place)}
      </time>
    </li>
  );
}
