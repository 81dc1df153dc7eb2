// My status, how long I have been in it, and the menu to change it.
import { Menu } from '@mantine/core';
import { Fragment } from 'react';
import type { AgentStatus, State } from '@/contract/types';
import { chordText } from '@/lib/chord';
import { Icon } from '@/ui/icon';
import { Since } from '@/ui/timer';
import type { Request } from '../actions/action';
import { openStatus } from '../actions/open-status';
import { CLOSED, open, useUi } from '../model/ui';
import { STATUS_ICON, statusText } from '../model/words';
import { run } from '../run/run';
import { usePending } from '../run/use-pending';
import css from './status-bar.module.css';

export function setStatus(status: AgentStatus, reason: string | null): void {
  const request: Request = { kind: 'status', status, reason };
  run({ type: 'request', request });
}

export function StatusMenu({ state }: { state: State }) {
  const { status, reason, since } = state.agent;
  const opened = useUi((store) => store.surface.kind === 'status');
  const pending = usePending('status');
  return (
    <Menu
      opened={opened}
      onChange={(next) => open(next ? { kind: 'status' } : CLOSED)}
      position="bottom-start"
      width="min(20rem, calc(100vw - 2rem))"
      shadow="md"
      returnFocus
    >
      <Menu.Target>
        <button
          type="button"
          className={css.status}
          aria-busy={pending || undefined}
          aria-keyshortcuts={chordText(openStatus.shortcut)}
        >
          <span className={css.dot} data-status={status}>
            <Icon name={STATUS_ICON[status]} size={16} />
          </span>
          <span>{statusText(state.statuses, status, reason)}</span>
          {since > 0 && (
            <span className={css.time}>
              <Since at={since} />
            </span>
          )}
          <Icon name="down" size={16} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <StatusItems state={state} />
      </Menu.Dropdown>
    </Menu>
  );
}

function StatusItems({ state }: { state: State }) {
  const busy = state.work.length > 0;
  return (
    <>
      {busy && <Menu.Label>Available at once; anything else after your current work</Menu.Label>}
      {state.statuses.map((option, index) => (
        <Fragment key={option.status}>
          {index > 0 && <Menu.Divider />}
          {option.reasons.length === 0 ? (
            <Item state={state} status={option.status} reason={null} text={option.text} />
          ) : (
            <>
              <Menu.Label>{option.text}</Menu.Label>
              {option.reasons.map(({ code, text }) => (
                <Item key={code} state={state} status={option.status} reason={code} text={text} />
              ))}
            </>
          )}
        </Fragment>
      ))}
    </>
  );
}

interface ItemProps {
  state: State;
  status: AgentStatus;
  reason: string | null;
  text: string;
}

function Item({ state: { agent }, status, reason, text }: ItemProps) {
  const current = agent.status === status && (agent.reason ?? null) === reason;
  return (
    <Menu.Item
      data-autofocus={current || undefined}
      leftSection={<Icon name={STATUS_ICON[status]} />}
      rightSection={current ? <small>now</small> : null}
      onClick={() => setStatus(status, reason)}
    >
      {text}
    </Menu.Item>
  );
}
