// The parts of the product, for whom they are, and where each person begins.
import type { Session } from '@/contract/types';
import type { IconName } from '@/ui/icon';

type User = Session['user'];

type AreaPath = '/workspace' | '/supervisor' | '/configuration' | '/scripts';

export interface Area {
  /** All of its pages lie at or below it. */
  path: AreaPath;
  /** Its first page, as the router names it. */
  to: Exclude<AreaPath, '/configuration'> | '/configuration/{-$section}/{-$id}';
  label: string;
  icon: IconName;
  /** Whom it belongs to, in words. */
  whose: string;
  opensFor: (user: User) => boolean;
}

const administers = ({ role }: User) => role === 'administrator';

export const AREAS: readonly Area[] = [
  {
    path: '/workspace',
    to: '/workspace',
    label: 'Workspace',
    icon: 'phone',
    whose: 'people who take calls',
    opensFor: ({ agentId }) => agentId != null,
  },
  {
    path: '/supervisor',
    to: '/supervisor',
    label: 'Supervisor',
    icon: 'people',
    whose: 'supervisors and administrators',
    opensFor: ({ role }) => role !== 'agent',
  },
  {
    path: '/configuration',
    to: '/configuration/{-$section}/{-$id}',
    label: 'Configuration',
    icon: 'sliders',
    whose: 'administrators',
    opensFor: administers,
  },
  {
    path: '/scripts',
    to: '/scripts',
    label: 'Scripts',
    icon: 'flow',
    whose: 'administrators',
    opensFor: administers,
  },
];

export function areasOf(user: User): readonly Area[] {
  return AREAS.filter(({ opensFor }) => opensFor(user));
}

/** The area that an address, without its origin, lies in. */
export function areaAt(address: string): Area | undefined {
  const [path = ''] = address.split(/[?#]/, 1);
  return AREAS.find((area) => path === area.path || path.startsWith(`${area.path}/`));
}

/** Where someone begins who asked for no page in particular. */
export function landing({ role }: User): AreaPath {
  switch (role) {
    case 'administrator':
      return '/configuration';
    case 'supervisor':
      return '/supervisor';
    case 'agent':
      return '/workspace';
  }
}
