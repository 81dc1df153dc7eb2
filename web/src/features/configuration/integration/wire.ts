// Calls of /admin/v1 about credentials, and what they answer.
import { send } from '@/contract/client';

export interface Made {
  madeAt: number | null;
  by: { id: number; name: string } | null;
}

/** Never the tokens themselves. */
export interface ApiToken {
  username: string;
  dataRequestToken: Made;
  actionRequestToken: Made;
}

export type TokenKind = 'data-request-token' | 'action-request-token';

export const readApiToken = () => send<ApiToken>('GET', '/admin/v1/api-token');

/** The earlier token is dead at once. */
export const makeToken = (kind: TokenKind) =>
  send<{ username: string; token: string }>('POST', `/admin/v1/api-token/${kind}`);

export interface CrmApi {
  enabled: boolean;
  username: string;
  rights: string[];
  revision: number;
}

export const readCrmApi = () => send<CrmApi>('GET', '/admin/v1/crm-api');

export const replaceCrmApi = ({ revision, ...body }: CrmApi) =>
  send<CrmApi>('PUT', '/admin/v1/crm-api', { body, revision });

export const makeCrmPassword = () =>
  send<{ username: string; password: string }>('POST', '/admin/v1/crm-api/password');

export interface ApiKey {
  id: string;
  name: string;
  products: string[];
  revision: number;
}

export const listApiKeys = () => send<{ items: ApiKey[] }>('GET', '/admin/v1/api-keys?limit=200');

export interface NewApiKey {
  name: string;
  products: string[];
  withSecret: boolean;
}

/** Key and secret are answered this one time. */
export interface MadeKey extends ApiKey {
  key: string;
  secret?: string | null;
}

export const makeApiKey = (body: NewApiKey, key: string) =>
  send<MadeKey>('POST', '/admin/v1/api-keys', { body, idempotencyKey: key });

export const revokeApiKey = ({ id, revision }: ApiKey) =>
  send<void>('DELETE', `/admin/v1/api-keys/${encodeURIComponent(id)}`, { revision });

export interface SecretLink {
  id: string | number;
  title: string;
  madeAt: number;
  by: { id: number; name: string } | null;
  expiresAt: number;
  /** Destroyed by five wrong passphrases. */
  state: 'waiting' | 'opened' | 'expired' | 'revoked' | 'destroyed';
  openedAt: number | null;
  revision?: number;
}

export interface Secret {
  label: string;
  value: string;
}

export interface NewLink {
  title: string;
  items: Secret[];
  expiresInMs: number;
  passphrase?: string;
}

export const listSecretLinks = () =>
  send<{ items: SecretLink[] }>('GET', '/admin/v1/secret-links?limit=200');

export const makeSecretLink = (body: NewLink, key: string) =>
  send<{ id: string | number; url: string; expiresAt: number }>('POST', '/admin/v1/secret-links', {
    body,
    idempotencyKey: key,
  });

export const revokeSecretLink = ({ id, revision }: SecretLink) =>
  send<void>('DELETE', `/admin/v1/secret-links/${encodeURIComponent(id)}`, {
    ...(revision === undefined ? {} : { revision }),
  });

export interface StreamClient {
  subscriptionId: string;
  connectedSince: number;
  outputType: string;
  sequence: number;
  lag: number;
}

export interface EventSubscription {
  topic: string;
  name: string;
  /** Null while there are no consumers. */
  type: string | null;
  consumers: number;
  backlog: number;
}

export const readSubscriptions = () =>
  send<{ streamClients: StreamClient[]; subscriptions: EventSubscription[] }>(
    'GET',
    '/admin/v1/event-subscriptions',
  );
