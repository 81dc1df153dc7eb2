// What the customer has said for the agents, in a script: a name, or why to call back.
import type { Work } from '@/contract/types';
import { clockDigits } from '@/lib/format/duration';
import { fullInstant, timeOfDay } from '@/lib/format/instant';
import { Panel } from '@/ui/panel';
import { UntrustedText } from '@/ui/untrusted-text';
import { usePlace } from '../model/place-of-tenant';
import css from './customer.module.css';

export function Messages({ messages }: { messages: Work['messages'] }) {
  const place = usePlace();
  if (messages.length === 0) return null;
  return (
    <Panel title={messages.length === 1 ? 'Message' : 'Messages'}>
      {messages.map(({ text, at, durationMs }, index) => (
        // Messages only ever come at the end, and two can be equal.
        // biome-ignore lint/suspicious/noArrayIndexKey: the place is what identifies a message
        <blockquote className={css.message} key={index}>
          <p>
            <UntrustedText text={text} clipAs="the message" />
          </p>
          <footer className={`${css.reached} digits`}>
            <time dateTime={new Date(at).toISOString()} title={fullInstant(at, place)}>
              {timeOfDay(at, place)}
            </time>{' '}
            · {clockDigits(durationMs)}
          </footer>
        </blockquote>
      ))}
    </Panel>
  );
}
