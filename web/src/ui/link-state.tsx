// Whether a live page is true right now, in words.
import { Tooltip, VisuallyHidden } from '@mantine/core';
import { type Link, type LinkKind, linkKind, linkText, localMoment } from '@/lib/link';
import { useServerNow } from '@/lib/use-server-now';
import { Icon, type IconName } from './icon';
import css from './link-state.module.css';

const LOOK: Record<LinkKind, { icon: IconName; help: string }> = {
  connecting: { icon: 'link', help: 'Waiting for the first message of the server.' },
  ok: { icon: 'link', help: 'Everything up to this position of the log is on this page.' },
  catchingUp: { icon: 'catchUp', help: 'The server is sending what happened meanwhile.' },
  reconnecting: { icon: 'linkOff', help: 'The connection broke. It is being opened again.' },
  stale: { icon: 'warning', help: 'Nothing was heard for 12 seconds.' },
};

interface LinkStateProps {
  link: Link;
  position: number;
  /** What the page does while it may be missing something. */
  staleHelp: string;
}

export function LinkState({ link, position, staleHelp }: LinkStateProps) {
  useServerNow();
  const kind = linkKind(link, localMoment());
  const text = linkText(kind, link, position);
  const { icon, help } = LOOK[kind];
  return (
    <>
      <Tooltip label={kind === 'stale' ? staleHelp : help} multiline w={240} withArrow>
        <span className={`${css.link} digits`} data-kind={kind} data-testid="link">
          <Icon name={icon} size={16} />
          {text}
        </span>
      </Tooltip>
      <VisuallyHidden role="status">{kind === 'ok' ? '' : text}</VisuallyHidden>
    </>
  );
}
