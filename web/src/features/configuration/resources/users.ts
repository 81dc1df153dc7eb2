// People who can sign in.
import { PasswordField, passwordFaults, passwordWords } from '../fields/password';
import { PermissionsField, permissionWords } from '../fields/permissions';
import type { Spec } from '../resource/spec';
import { SHORT } from './limits';
import { ROLES, wordFor } from './words';

export const users: Spec<'users'> = {
  resource: 'users',
  title: 'Users',
  one: 'user',
  about: 'People who can sign in. Who takes calls is also an agent.',
  refersTo: ['agents'],
  columns: [
    { label: 'Name', value: ({ name }) => name },
    { label: 'E-mail', value: ({ email }) => email },
    { label: 'Role', value: ({ role }) => wordFor(ROLES, role) },
    {
      label: 'Works as',
      value: ({ agentId }, names) => (agentId === null ? '' : names('agents', agentId)),
    },
  ],
  sections: [
    {
      title: 'Person',
      fields: [
        { kind: 'text', key: 'name', label: 'Name', max: SHORT },
        { kind: 'text', key: 'email', label: 'E-mail', type: 'email', max: SHORT },
        {
          kind: 'own',
          key: 'password',
          label: 'Password',
          hint: 'At least 10 characters. Left empty, it stays as it is. A new one ends all sessions.',
          control: PasswordField,
          check: (value, _, isNew) => passwordFaults(value, isNew),
          words: passwordWords,
        },
      ],
    },
    {
      title: 'Access',
      fields: [
        {
          kind: 'choice',
          key: 'role',
          label: 'Role',
          options: ROLES,
          hint: 'Another role ends all sessions of this person.',
        },
        {
          kind: 'reference',
          key: 'agentId',
          label: 'Works as agent',
          to: 'agents',
          none: 'Takes no calls',
        },
        {
          kind: 'own',
          key: 'permissions',
          label: 'Also may',
          control: PermissionsField,
          words: permissionWords,
        },
      ],
    },
  ],
  fresh: { name: '', email: '', role: 'agent', permissions: [], agentId: null },
};
