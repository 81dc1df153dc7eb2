// The cells of one open interaction: where it is, and the means to move it.
import { memo, useState } from 'react';
import type { OpenInteraction } from '@/contract/types';
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import { UntrustedText } from '@/ui/untrusted-text';
import { Elapsed } from '../board/elapsed';
import { openDialog } from '../model/ui';
import { MEDIA, STATE } from '../model/words';
import { perform } from '../run/perform';
import { StoryLink } from '../story/story-link';
import css from './interactions.module.css';

interface LineProps {
  item: OpenInteraction;
}

export const InteractionLine = memo(
  function InteractionLine({ item }: LineProps) {
    const { icon, text } = STATE[item.state];
    return (
      <>
        <td className={css.state} data-state={item.state}>
          <Icon name={icon} size={16} /> {text} <Elapsed at={item.since} />
          {item.script !== null && (
            <small className={css.quiet}>
              <UntrustedText
                text={`${item.script.name} ${item.script.version}: ${item.script.node}`}
              />
            </small>
          )}
        </td>
        <td className={css.customer}>
          <span title={MEDIA[item.mediaType].text}>
            <Icon name={MEDIA[item.mediaType].icon} size={14} />
          </span>{' '}
          <StoryLink interactionId={item.interactionId}>
            <UntrustedText text={item.callerName || item.customer || 'Withheld number'} />
          </StoryLink>{' '}
          {item.callerName !== '' && (
            <span className={css.quiet}>
              <UntrustedText text={item.customer} />
            </span>
          )}
          {item.lineOf !== null && <small className={css.quiet}> second line</small>}
        </td>
        <td>
          <UntrustedText text={item.queue?.name ?? '–'} />
          {item.priority !== null && <small className={css.quiet}> priority {item.priority}</small>}
        </td>
        <td>
          <UntrustedText text={item.agents.map(({ name }) => name).join(', ') || '–'} />
        </td>
        <td>
          <Elapsed at={item.createdAt} />
        </td>
        <td className={css.actions}>
          <Actions item={item} />
        </td>
      </>
    );
  },
  // Each answer has new objects for what has not changed.
  (before, now) => JSON.stringify(before.item) === JSON.stringify(now.item),
);

function Actions({ item }: LineProps) {
  const [pending, setPending] = useState(false);
  const { state, interactionId, lineOf } = item;
  const waits = state === 'waiting' || (state === 'offered' && item.priority !== null);
  const takeBack = async () => {
    setPending(true);
    await perform({ kind: 'requeue', interactionId, queueId: null }, 'Taken back to the queue.');
    setPending(false);
  };
  return (
    <>
      {waits && (
        <Button size="small" onClick={() => openDialog({ kind: 'assign', interaction: item })}>
          Give to…
        </Button>
      )}
      {state === 'offered' && item.priority !== null && (
        <Button size="small" pending={pending} onClick={() => void takeBack()}>
          Take back
        </Button>
      )}
      {lineOf === null && (waits || state === 'script' || state === 'offered') && (
        <Button size="small" onClick={() => openDialog({ kind: 'requeue', interaction: item })}>
          {waits ? 'Move to…' : 'Put into…'}
        </Button>
      )}
    </>
  );
}
