import type { Client } from '../../clients/client.ts';
import { OAuthError } from '../../http/oauth-error.ts';
import type { Params } from '../../http/params.ts';
import type { RequestContext } from '../../http/routes.ts';
import type { Provider } from '../../provider.ts';
import { equalHashes, sha256 } from '../../foundation/secrets.ts';
import { findAssertionFault } from './client-assertion.ts';
import { type PresentedCredentials, invalidClient, readCredentials } from './presented-credentials.ts';

/**
 * The client that a request comes from, by the method it registered (RFC 6749 §2.3, OIDC Core §9). Which client is
 * unknown, which secret or signature is wrong and which method is not registered all get one answer.
 *
 * @throws OAuthError invalid_client with a challenge, or 429 after many wrong secrets.
 */
export async function requireClient(
  provider: Provider,
  request: Request,
  params: Params,
  from: RequestContext,
): Promise<Client> {
  const credentials = readCredentials(request, params);
  const client = provider.clients.find(credentials.clientId);
  await refuseGuessing(provider, client, credentials, from);
  const fault = await findAuthenticationFault(provider, client, credentials, request);
  if (client && fault === undefined) return client;
  const reason = `${credentials.method}: ${fault}`;
  provider.observe({ type: 'client.rejected', clientId: client?.clientId, reason });
  throw invalidClient(findAdvice(client, credentials, provider.clock()));
}

/**
 * P-23: a secret can't be guessed by trying (RFC 6749 §2.3.1). It counts in whatever way it was sent: an answer to any of
 * them tells whether it was right.
 *
 * @throws OAuthError 429, for right secrets as well as wrong ones.
 */
async function refuseGuessing(
  { clientThrottle, clock, observe }: Provider,
  client: Client | undefined,
  credentials: PresentedCredentials,
  from: RequestContext,
): Promise<void> {
  if (!('secrets' in credentials)) return;
  const { clientId, secrets } = credentials;
  const isRight = isSecretOf(client, secrets, clock());
  const limit = await clientThrottle.attempt({ clientId, address: from.clientAddress(), isRight });
  if (!limit) return;
  observe({ type: 'client.throttled', clientId: client?.clientId, ...limit });
  throw new OAuthError(
    'invalid_client',
    'too many wrong secrets; the Retry-After header says when to try again',
    {
      status: 429,
      headers: { 'Retry-After': String(limit.retryAfterSeconds) },
    },
  );
}

/**
 * P-23: how the client is registered is told to whoever has its secret, and to nobody else; to others a request that
 * authenticates in several ways gets the same answer whether the client exists or not.
 */
function findAdvice(
  client: Client | undefined,
  credentials: PresentedCredentials,
  now: number,
): string | undefined {
  const once = 'use one way of client authentication (RFC 6749 section 2.3)';
  const fallback = credentials.method === 'several' ? once : undefined;
  if (!client || !('secrets' in credentials) || !isSecretOf(client, credentials.secrets, now))
    return fallback;
  const registered = client.authMethods.join(' or ');
  return `send the secret in one way; this client is registered for ${registered}`;
}

/**
 * A client that has proved who it is. A public client only says so, and anybody can repeat it (RFC 7662 §2.1).
 *
 * @throws OAuthError invalid_client
 */
export async function requireConfidentialClient(
  provider: Provider,
  request: Request,
  params: Params,
  from: RequestContext,
): Promise<Client> {
  const client = await requireClient(provider, request, params, from);
  if (!isPublic(client)) return client;
  throw invalidClient('a public client can’t authenticate, as this endpoint wants it to');
}

/** Whether it only says who it is. */
export function isPublic({ authMethods }: Client): boolean {
  return authMethods.includes('none');
}

/** Why the client is not who it says it is; undefined when it is. */
async function findAuthenticationFault(
  provider: Provider,
  client: Client | undefined,
  credentials: PresentedCredentials,
  request: Request,
): Promise<string | undefined> {
  if (credentials.method === 'private_key_jwt') {
    if (!client?.authMethods.includes('private_key_jwt')) return methodFault(client);
    const { pathname } = new URL(request.url);
    return findAssertionFault(provider, client, credentials.assertion, pathname);
  }
  // Compared for unknown clients too, so that an unknown id takes as long as a wrong secret.
  const isRight = credentials.method === 'none' || isSecretOf(client, credentials.secrets, provider.clock());
  const { method } = credentials;
  if (method === 'several') return 'more than one at once';
  if (!client?.authMethods.includes(method)) return methodFault(client);
  return isRight ? undefined : 'wrong secret';
}

function methodFault(client: Client | undefined): string {
  return client ? 'method not registered' : 'unknown client';
}

const NO_SECRET = sha256('');

/** The client's secret, or for a while after a rotation the one before; each is compared, whatever comes of the other. */
function isSecretOf(client: Client | undefined, secrets: readonly string[], now: number): boolean {
  const accepted = [client?.secretHash, findPreviousHash(client, now)];
  const matches = secrets
    .map(sha256)
    .flatMap((sent) => accepted.map((hash) => equalHashes(sent, hash ?? NO_SECRET) && hash !== undefined));
  return matches.includes(true);
}

function findPreviousHash(client: Client | undefined, now: number): string | undefined {
  const { hash, acceptedUntil = Infinity } = client?.previousSecret ?? {};
  return now < acceptedUntil ? hash : undefined;
}
