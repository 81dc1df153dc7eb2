// The bar: who I am to the router, what waits for me, and whether this page can be trusted.
import { VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';
import type { State } from '@/contract/types';
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import { LinkState } from '@/ui/link-state';
import { Logo } from '@/ui/logo';
import { openDial } from '../actions/open-dial';
import { setSound, useAlertSettings } from '../alerts/settings';
import { useLive } from '../model/live';
import { open } from '../model/ui';
import { AccountMenu } from './account-menu';
import { NextStatus } from './next-status';
import { QueueStrip } from './queue-strip';
import css from './status-bar.module.css';
import { StatusMenu } from './status-menu';

const STALE_HELP = 'Nothing was heard for 12 seconds. You are asked before acting.';

interface StatusBarProps {
  state: State;
  areas: ReactNode;
  onSignedOut: () => void;
}

export function StatusBar({ state, areas, onSignedOut }: StatusBarProps) {
  const { sound, unlocked } = useAlertSettings();
  const link = useLive((store) => store.link);
  return (
    <header className={css.bar}>
      <span className={css.brand}>
        <Logo />
        <VisuallyHidden component="h1">Agent workspace</VisuallyHidden>
      </span>
      <StatusMenu state={state} />
      <Button
        className={css.call ?? ''}
        icon={<Icon name="callOut" />}
        shortcut={openDial.shortcut}
        onClick={() => open({ kind: 'dial' })}
      >
        <span className={css.callWord}>Call</span>
      </Button>
      {state.agent.next != null && <NextStatus state={state} next={state.agent.next} />}
      <QueueStrip queues={state.queues} />
      <span className={css.spacer} />
      {sound && !unlocked && (
        <span className={css.locked}>
          <Icon name="volumeOff" size={16} />
          silent until you click or press a key
        </span>
      )}
      <span className={css.linkState}>
        <LinkState link={link} position={state.position} staleHelp={STALE_HELP} />
      </span>
      <div className={css.tools}>
        <Button
          tone="quiet"
          className={css.wide ?? ''}
          aria-pressed={!sound}
          label={sound ? 'Mute the ring' : 'Unmute the ring'}
          icon={<Icon name={sound ? 'volume' : 'volumeOff'} size={20} />}
          onClick={() => setSound(!sound)}
        />
        <Button
          tone="quiet"
          className={css.wide ?? ''}
          label="Keyboard shortcuts"
          icon={<Icon name="keyboard" size={20} />}
          onClick={() => open({ kind: 'keys' })}
        />
        <AccountMenu state={state} areas={areas} onSignedOut={onSignedOut} />
      </div>
    </header>
  );
}
