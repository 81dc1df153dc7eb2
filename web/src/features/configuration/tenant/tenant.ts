// The center's own settings in /admin/v1.
import { send } from '@/contract/client';

export interface Tenant {
  /** Not written. */
  tenantId: string;
  revision: number;
  name: string;
  locale: string;
  currency: string;
  timeZone: string;
  retentionMs: number;
  augmentationPerMinute: number;
  directWrapUpMs: number;
}

export const readTenant = () => send<Tenant>('GET', '/admin/v1/tenant');

export const replaceTenant = ({ tenantId: _, revision, ...body }: Tenant) =>
  send<Tenant>('PUT', '/admin/v1/tenant', { body, revision });
