import type { Client } from '../../clients/registration.ts';
import { OAuthError } from '../../http/oauth-error.ts';
import type { Params } from '../../http/params.ts';
import type { Provider } from '../../provider.ts';
import { equalHashes, sha256 } from '../../secrets.ts';

interface Credentials {
  readonly method: Client['authMethods'][number];
  readonly clientId: string;
  /** The secret as it may have been meant; see {@link readBasic}. */
  readonly secrets: readonly string[];
}

/**
 * The client that a request to the token endpoint comes from (RFC 6749 §2.3). Which client is unknown, which
 * secret is wrong and which method is not registered all get one answer.
 *
 * @throws OAuthError invalid_client with a challenge, or invalid_request for two methods at once.
 */
export function requireClient(provider: Provider, request: Request, params: Params): Client {
  const credentials = readCredentials(request, params);
  const client = provider.clients.find(credentials.clientId);
  if (client && mayUse(client, credentials)) return client;
  provider.observe({ type: 'client.rejected', clientId: client?.clientId, reason: credentials.method });
  throw invalidClient();
}

// Compared with when there is no such client, so that an unknown id takes as long as a wrong secret.
const NO_SECRET = sha256('');

function mayUse(client: Client, { method, secrets }: Credentials): boolean {
  if (!client.authMethods.includes(method)) return false;
  if (method === 'none') return client.secretHash === undefined;
  const expected = client.secretHash ?? NO_SECRET;
  const matches = secrets.map((secret) => equalHashes(sha256(secret), expected));
  return client.secretHash !== undefined && matches.includes(true);
}

function readCredentials(request: Request, params: Params): Credentials {
  const authorization = request.headers.get('authorization');
  const [clientId, secret] = [params.get('client_id'), params.get('client_secret')];
  if (authorization === null) {
    if (clientId === undefined) throw invalidClient();
    return secret === undefined
      ? { method: 'none', clientId, secrets: [] }
      : { method: 'client_secret_post', clientId, secrets: [secret] };
  }
  if (secret !== undefined)
    throw new OAuthError('invalid_request', 'use one way of client authentication (RFC 6749 section 2.3)');
  const basic = readBasic(authorization);
  if (clientId !== undefined && clientId !== basic.clientId) {
    throw new OAuthError('invalid_request', 'client_id differs from the one in the Authorization header');
  }
  return basic;
}

/**
 * RFC 6749 §2.3.1 wants both parts form-encoded before they are joined. Many clients don't encode, so the secret
 * counts both as it stands and decoded; each still has to match in full.
 */
function readBasic(authorization: string): Credentials {
  const encoded = /^basic +([A-Za-z0-9+/=]+)$/i.exec(authorization)?.[1];
  const text = encoded === undefined ? '' : Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 1) throw invalidClient();
  const [id, secret] = [text.slice(0, colon), text.slice(colon + 1)];
  return {
    method: 'client_secret_basic',
    clientId: formDecode(id) ?? id,
    secrets: [secret, formDecode(secret) ?? secret],
  };
}

function formDecode(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}

function invalidClient(): OAuthError {
  return new OAuthError('invalid_client', 'the client is unknown or its authentication failed', {
    status: 401,
    headers: { 'WWW-Authenticate': 'Basic realm="token endpoint", charset="UTF-8"' },
  });
}
