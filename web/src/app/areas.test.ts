import { describe, expect, it } from 'vitest';
import type { Session } from '@/contract/types';
import { areaAt, areasOf, landing } from './areas';

const user = (role: Session['user']['role'], agentId?: string): Session['user'] => ({
  id: '1',
  email: 'a@example.org',
  name: 'A',
  role,
  ...(agentId === undefined ? {} : { agentId }),
});
const pathsOf = (who: Session['user']) => areasOf(who).map(({ path }) => path);

describe('areas', () => {
  it('are those of the role, and the workspace with an agent', () => {
    expect(pathsOf(user('agent', 'ann'))).toEqual(['/workspace']);
    expect(pathsOf(user('agent'))).toEqual([]);
    expect(pathsOf(user('supervisor'))).toEqual(['/supervisor']);
    expect(pathsOf(user('supervisor', 'sue'))).toEqual(['/workspace', '/supervisor']);
    expect(pathsOf(user('administrator'))).toEqual(['/supervisor', '/configuration', '/scripts']);
  });

  it('are where people land by role', () => {
    expect(landing(user('agent', 'ann'))).toBe('/workspace');
    expect(landing(user('supervisor', 'sue'))).toBe('/supervisor');
    expect(landing(user('administrator'))).toBe('/configuration');
  });

  it('are found from addresses, and nothing else is', () => {
    expect(areaAt('/configuration/queues/12?sort=name#x')?.path).toBe('/configuration');
    expect(areaAt('/scripts')?.path).toBe('/scripts');
    expect(areaAt('/workspace?a=/b')?.path).toBe('/workspace');
    for (const other of ['/', '//example.org/', '/workspaces', '/login', 'https://example.org'])
      expect(areaAt(other)).toBeUndefined();
  });
});
