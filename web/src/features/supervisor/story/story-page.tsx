// The story of one interaction: how it stands, its way through scripts, who was asked and why, all that happened.
import type { ReactNode } from 'react';
import type { Story } from '@/contract/types';
import { spokenDuration } from '@/lib/format/duration';
import { formatVariable } from '@/lib/format/format-variable';
import type { Place } from '@/lib/format/formatted';
import { fullInstant } from '@/lib/format/instant';
import { placeOf } from '@/lib/format/place-of';
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import { Message } from '@/ui/message';
import { Timeline } from '@/ui/timeline';
import { UntrustedText } from '@/ui/untrusted-text';
import { WhyDetails } from '@/ui/why-details';
import { MEDIA, STATE } from '../model/words';
import { Block } from './block';
import { FlowPath } from './flow-path';
import css from './story.module.css';
import { StoryLink } from './story-link';
import { useStory } from './use-story';

export function StoryPage({ guid }: { guid: string }) {
  const { story, error, more, again } = useStory(guid);
  if (story === null) {
    if (error === null) return <Message icon="clock" title="Loading the story" />;
    const gone = error.status === 404;
    return (
      <Message
        icon={gone ? 'search' : 'linkOff'}
        title={gone ? 'There is no such interaction' : error.message}
        actions={!gone && <Button onClick={again}>Try again</Button>}
      >
        {gone && <p>It never was, or its time of keeping is over.</p>}
      </Message>
    );
  }
  const place = placeOf(story.tenant);
  return (
    <div className={css.page}>
      <Summary story={story} place={place} />
      <FlowPath steps={story.path} place={place} />
      <Offers story={story} />
      <div>
        <Timeline entries={story.timeline} place={place} all />
        {story.next !== null && (
          <Button size="small" onClick={more}>
            Show what came after
          </Button>
        )}
      </div>
    </div>
  );
}

function Summary({ story, place }: { story: Story; place: Place }) {
  const { open } = story;
  const who = story.callerName || story.customer || 'Withheld number';
  return (
    <Block title={`${MEDIA[story.mediaType].text}: ${who}`}>
      <p className={css.now}>
        {open === null ? (
          <>
            <Icon name="check" size={16} /> Over
          </>
        ) : (
          <>
            <Icon name={STATE[open.state].icon} size={16} /> {STATE[open.state].text}
            {open.agents.length > 0 && ` · ${open.agents.map(({ name }) => name).join(', ')}`}
          </>
        )}
      </p>
      <dl className={css.facts}>
        <Fact name="Customer">
          <UntrustedText text={story.customer} />
        </Fact>
        <Fact name="Reached">
          <UntrustedText text={story.channel} />
        </Fact>
        <Fact name="Began">{fullInstant(story.createdAt, place)}</Fact>
        {story.endedAt !== null && (
          <Fact name="Ended">
            {fullInstant(story.endedAt, place)}, after{' '}
            {spokenDuration(story.endedAt - story.createdAt)}
          </Fact>
        )}
        {story.queue !== null && (
          <Fact name="Queue">
            <UntrustedText text={story.queue.name} />
          </Fact>
        )}
        {story.agent !== null && (
          <Fact name="Agent">
            <UntrustedText text={story.agent.name} />
          </Fact>
        )}
        {story.original !== null && (
          <Fact name="Handed on from">
            <StoryLink interactionId={story.original}>
              <UntrustedText text={story.original} />
            </StoryLink>
          </Fact>
        )}
        {story.disposition !== null && <Fact name="Disposition">{story.disposition}</Fact>}
        {story.codes.length > 0 && (
          <Fact name="Transaction codes">
            <UntrustedText text={story.codes.map(({ text }) => text).join(', ')} />
          </Fact>
        )}
        {story.note !== null && (
          <Fact name="Note">
            <UntrustedText text={story.note} clipAs="the note" />
          </Fact>
        )}
        {story.variables.map((variable) => (
          <Fact key={variable.name} name={variable.displayName}>
            <Value view={formatVariable(variable, place)} />
          </Fact>
        ))}
        <Fact name="Identifier">
          <UntrustedText text={story.interactionId} />
        </Fact>
      </dl>
    </Block>
  );
}

function Value({ view }: { view: ReturnType<typeof formatVariable> }) {
  switch (view.kind) {
    case 'hidden':
      return <span className={css.quiet}>private: never shown</span>;
    case 'empty':
      return <span className={css.quiet}>empty</span>;
    case 'value':
      return <UntrustedText text={view.text} clipAs="the value" />;
  }
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>
        <UntrustedText text={name} />
      </dt>
      <dd>{children}</dd>
    </div>
  );
}

function Offers({ story }: { story: Story }) {
  return (
    <Block title="Why it went where it went">
      {story.offers.length === 0 && <p className={css.quiet}>Nobody has been asked.</p>}
      <ol className={css.offers}>
        {story.offers.map(({ offerId, agentName, outcome, why }) => (
          <li key={offerId}>
            <p>
              <b>
                <UntrustedText text={agentName} />
              </b>{' '}
              {OUTCOME[outcome]}
            </p>
            <p className={css.quiet}>
              <UntrustedText text={why.text} />
            </p>
            <details className={css.details}>
              <summary>The whole explanation</summary>
              <WhyDetails why={why} agentId={null} skills />
            </details>
          </li>
        ))}
      </ol>
    </Block>
  );
}

const OUTCOME: Record<Story['offers'][number]['outcome'], string> = {
  pending: 'is being asked',
  accepted: 'took it',
  rejected: 'rejected it',
  timedOut: 'did not answer',
  withdrawn: 'was asked until the customer left',
  recalled: 'was asked until a supervisor took it back',
};
