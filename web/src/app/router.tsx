// Routes. A page that needs a session loads it first and otherwise goes to sign in and comes back.
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { loadSession } from '@/contract/auth';
import { useSession } from '@/contract/session';
import { ErrorScreen } from './error-screen';
import { NotFound } from './not-found';
import { Root } from './root';
import { Waiting } from './waiting';

interface LoginSearch {
  returnTo?: string | undefined;
}

const root = createRootRoute({ component: Root, notFoundComponent: NotFound });

const index = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/workspace' });
  },
});

const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  validateSearch: (search): LoginSearch => {
    const returnTo = search['returnTo'];
    // Named even when refused: what is not named keeps its unchecked value from the address.
    return { returnTo: typeof returnTo === 'string' && isOurs(returnTo) ? returnTo : undefined };
  },
  component: lazyRouteComponent(() => import('./login-route'), 'LoginRoute'),
});

const workspace = createRoute({
  getParentRoute: () => root,
  path: '/workspace',
  beforeLoad: async ({ location }) => {
    const session = useSession.getState().session ?? (await loadSession());
    if (session === null) throw redirect({ to: '/login', search: { returnTo: location.href } });
  },
  component: lazyRouteComponent(() => import('./workspace-route'), 'WorkspaceRoute'),
});

/** Only pages of this application: a link may not send someone elsewhere after signing in. */
function isOurs(path: string): boolean {
  return /^\/workspace(?:[/?#]|$)/.test(path);
}

export const router = createRouter({
  routeTree: root.addChildren([index, login, workspace]),
  defaultPendingComponent: Waiting,
  defaultErrorComponent: ErrorScreen,
  defaultPendingMs: 150,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
