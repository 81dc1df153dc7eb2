// Around every area but the workspace: one thin bar, and the area below it.
import { Outlet, useLocation } from '@tanstack/react-router';
import type { CSSProperties } from 'react';
import { useSession } from '@/contract/session';
import { LinkButton } from '@/ui/button';
import { HelpSheet } from '@/ui/help-sheet';
import { MessagePage } from '@/ui/message';
import { type Area, areaAt, areasOf, landing } from '../areas';
import { Waiting } from '../waiting';
import { Bar } from './bar';
import css from './shell.module.css';

/** Areas that fill the window take this off its height. */
const BAR_HEIGHT = { '--bar': '3.25rem' } as CSSProperties;

export function Shell() {
  const session = useSession((store) => store.session);
  const area = useLocation({ select: ({ pathname }) => areaAt(pathname) });
  if (session === null) return <Waiting />;
  const { user, tenant } = session;
  const foreign = area !== undefined && !area.opensFor(user);
  return (
    <div className={css.shell} style={BAR_HEIGHT}>
      <a className={css.skip} href="#area">
        Skip the navigation
      </a>
      <Bar user={user} tenant={tenant} areas={areasOf(user)} />
      <div className={css.area} id="area" tabIndex={-1}>
        {foreign ? <NotYours area={area} home={landing(user)} /> : <Outlet />}
      </div>
      <HelpSheet />
    </div>
  );
}

function NotYours({ area, home }: { area: Area; home: string }) {
  return (
    <MessagePage
      icon="lock"
      title={`${area.label} is not open to you`}
      actions={<LinkButton href={home}>Go to your own page</LinkButton>}
    >
      <p>It belongs to {area.whose}. An administrator can change your role.</p>
    </MessagePage>
  );
}
