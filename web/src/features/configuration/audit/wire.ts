// The audit log of /admin/v1.
import { send } from '@/contract/client';

export interface AuditEntry {
  sequence: number;
  at: number;
  /** Null for the operator, and for whoever had a one-time link. */
  by: { id: number; name: string } | null;
  action: string;
  resource: string;
  /** Empty where there is only one. */
  id: string;
  name: string;
  /** Never secrets. */
  changes: { field: string; before: unknown; after: unknown }[];
  hash: string;
}

export interface AuditFilter {
  user: string;
  resource: string;
  /** As `YYYY-MM-DD`, in the browser's time zone; empty is no bound. */
  from: string;
  to: string;
}

export const NO_FILTER: AuditFilter = { user: '', resource: '', from: '', to: '' };

const LIMIT = 50;

/** The entries before `before`, newest first. */
export function readAudit(
  filter: AuditFilter,
  before: number | null,
): Promise<{ items: AuditEntry[]; next: number | null }> {
  const query = new URLSearchParams({ limit: String(LIMIT) });
  if (before !== null) query.set('before', String(before));
  if (filter.user !== '') query.set('user', filter.user);
  if (filter.resource !== '') query.set('resource', filter.resource);
  if (filter.from !== '') query.set('from', String(new Date(`${filter.from}T00:00`).getTime()));
  if (filter.to !== '') query.set('to', String(new Date(`${filter.to}T24:00`).getTime()));
  return send('GET', `/admin/v1/audit?${query}`);
}
