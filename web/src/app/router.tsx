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
import type { Session } from '@/contract/types';
import { areaAt, landing } from './areas';
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
  beforeLoad: async () => {
    const session = await currentSession();
    throw redirect({ href: session === null ? '/login' : landing(session.user) });
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

const handover = createRoute({
  getParentRoute: () => root,
  path: '/handover',
  component: lazyRouteComponent(() => import('./handover-route'), 'HandoverRoute'),
});

const contract = createRoute({
  getParentRoute: () => root,
  path: '/contracts/{-$name}',
  validateSearch: ({ q }): { q?: string } => (typeof q === 'string' ? { q } : {}),
  component: lazyRouteComponent(() => import('./contract-route'), 'ContractRoute'),
});

/** The workspace has a bar of its own. */
const workspace = createRoute({
  getParentRoute: () => root,
  path: '/workspace',
  beforeLoad: signedIn,
  component: lazyRouteComponent(() => import('./workspace-route'), 'WorkspaceRoute'),
});

/** Around all other areas. Each of them is loaded when it is opened. */
const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  beforeLoad: signedIn,
  component: lazyRouteComponent(() => import('./shell/shell'), 'Shell'),
});

const supervisor = createRoute({
  getParentRoute: () => shell,
  path: '/supervisor',
  component: lazyRouteComponent(supervisorPages, 'SupervisorRoute'),
});

const wallboard = createRoute({
  getParentRoute: () => supervisor,
  path: '/',
  component: lazyRouteComponent(supervisorPages, 'WallboardRoute'),
});

const interactions = createRoute({
  getParentRoute: () => supervisor,
  path: '/interactions',
  component: lazyRouteComponent(supervisorPages, 'InteractionsRoute'),
});

const story = createRoute({
  getParentRoute: () => supervisor,
  path: '/interactions/$guid',
  component: lazyRouteComponent(supervisorPages, 'StoryRoute'),
});

const configuration = createRoute({
  getParentRoute: () => shell,
  path: '/configuration/{-$section}/{-$id}',
  component: lazyRouteComponent(() => import('./configuration-route'), 'ConfigurationRoute'),
});

const scripts = createRoute({
  getParentRoute: () => shell,
  path: '/scripts',
  component: lazyRouteComponent(() => import('./scripts-route'), 'ScriptsRoute'),
});

const script = createRoute({
  getParentRoute: () => shell,
  path: '/scripts/$id',
  params: {
    parse: ({ id }) => ({ id: Number(id) }),
    stringify: ({ id }) => ({ id: String(id) }),
  },
  component: lazyRouteComponent(() => import('./script-route'), 'ScriptRoute'),
});

function supervisorPages() {
  return import('./supervisor-route');
}

async function currentSession(): Promise<Session | null> {
  return useSession.getState().session ?? (await loadSession());
}

async function signedIn({ location }: { location: { href: string } }): Promise<void> {
  if ((await currentSession()) !== null) return;
  throw redirect({ to: '/login', search: { returnTo: location.href } });
}

/** Only pages of this application: a link may not send someone elsewhere after signing in. */
function isOurs(address: string): boolean {
  return areaAt(address) !== undefined;
}

export const router = createRouter({
  routeTree: root.addChildren([
    index,
    login,
    handover,
    contract,
    workspace,
    shell.addChildren([
      supervisor.addChildren([wallboard, interactions, story]),
      configuration,
      scripts,
      script,
    ]),
  ]),
  defaultPendingComponent: Waiting,
  defaultErrorComponent: ErrorScreen,
  defaultPendingMs: 150,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
