// What a person may do beyond the role.
import type { Permission } from '@/contract/admin-types';
import type { ControlProps } from '../resource/spec';
import { Several } from './several';
import { ToggleField } from './toggle-field';

const PERMISSIONS: readonly { permission: Permission; label: string; hint?: string }[] = [
  {
    permission: 'revealPrivate',
    label: 'See private values',
    hint: 'Values that integrations marked private, one at a time. Each look is in the audit log.',
  },
  { permission: 'monitor', label: 'Monitor conversations' },
  { permission: 'export', label: 'Take data out as files' },
];

export function PermissionsField({ label, value, onChange, errors }: ControlProps<Permission[]>) {
  const change = (permission: Permission, on: boolean) => {
    const chosen = new Set(value);
    if (on) chosen.add(permission);
    else chosen.delete(permission);
    onChange(PERMISSIONS.map((each) => each.permission).filter((each) => chosen.has(each)));
  };
  return (
    <Several label={label} error={errors['']}>
      {PERMISSIONS.map(({ permission, label: name, hint }) => (
        <ToggleField
          key={permission}
          label={name}
          hint={hint}
          value={value.includes(permission)}
          errors={{}}
          onChange={(on) => change(permission, on)}
        />
      ))}
    </Several>
  );
}

export function permissionWords(value: readonly Permission[]): string {
  const words = PERMISSIONS.filter(({ permission }) => value.includes(permission));
  return words.map(({ label }) => label).join(', ') || 'none';
}
