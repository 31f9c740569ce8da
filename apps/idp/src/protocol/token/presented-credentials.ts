import { decodeJwt } from 'jose';
import { OAuthError } from '../../http/oauth-error.ts';
import type { Params } from '../../http/params.ts';

/** How a request says who sends it; nothing of it is checked yet. */
export type PresentedCredentials =
  | { readonly method: 'none'; readonly clientId: string }
  | SecretCredentials
  | { readonly method: 'private_key_jwt'; readonly clientId: string; readonly assertion: string };

export interface SecretCredentials {
  /** `several`: two or more ways at once, which is refused whatever they prove. */
  readonly method: 'client_secret_basic' | 'client_secret_post' | 'several';
  readonly clientId: string;
  /** The secret as it may have been meant; see {@link readBasic}. */
  readonly secrets: readonly string[];
}

/** RFC 7523 §2.2 */
const JWT_BEARER = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** Longer ones are refused by what verifies them; no need to decode those at all. */
const MAX_ASSERTION_LENGTH = 8192;

/**
 * What a request presents. Two kinds at once are never accepted: each could be checked and the other believed
 * (RFC 6749 §2.3).
 *
 * @throws OAuthError invalid_client
 */
export function readCredentials(request: Request, params: Params): PresentedCredentials {
  const authorization = request.headers.get('authorization');
  const [clientId, secret] = [params.get('client_id'), params.get('client_secret')];
  const [assertion, type] = [params.get('client_assertion'), params.get('client_assertion_type')];
  const isSigned = assertion !== undefined || type !== undefined;
  if ([authorization !== null, secret !== undefined, isSigned].filter(Boolean).length > 1)
    return readSeveral(authorization, clientId, secret);
  if (authorization !== null) return requireSameClient(readBasic(authorization), clientId);
  if (isSigned) return requireSameClient(readAssertion(assertion, type), clientId);
  if (clientId === undefined) throw invalidClient();
  if (secret === undefined) return { method: 'none', clientId };
  return { method: 'client_secret_post', clientId, secrets: [secret] };
}

/** The secrets that are there, so that whoever has the right one can be told how this client is registered. */
function readSeveral(
  authorization: string | null,
  clientId: string | undefined,
  secret: string | undefined,
): PresentedCredentials {
  const basic = authorization === null ? undefined : readBasic(authorization);
  const secrets = [...(basic?.secrets ?? []), ...(secret === undefined ? [] : [secret])];
  return { method: 'several', clientId: basic?.clientId ?? clientId ?? '', secrets };
}

function requireSameClient(
  credentials: PresentedCredentials,
  clientId: string | undefined,
): PresentedCredentials {
  if (clientId === undefined || clientId === credentials.clientId) return credentials;
  throw invalidClient('client_id differs from the one that authenticates');
}

/**
 * RFC 6749 §2.3.1 wants both parts form-encoded before they are joined. Many clients don't encode, so a secret counts
 * both as it stands and decoded; each has to match in full. What no form-encoder writes (a second colon, a broken
 * escape) is refused: there is no telling where such a name ends and what such a secret says.
 */
function readBasic(authorization: string): SecretCredentials {
  const encoded = /^basic +([A-Za-z0-9+/=]+)$/i.exec(authorization)?.[1];
  const [id, secret, ...rest] = Buffer.from(encoded ?? '', 'base64')
    .toString('utf8')
    .split(':');
  const [clientId, decoded] = [formDecode(id), formDecode(secret)];
  if (!clientId || secret === undefined || decoded === undefined || rest.length > 0) throw invalidClient();
  return { method: 'client_secret_basic', clientId, secrets: [secret, decoded] };
}

function formDecode(text: string | undefined): string | undefined {
  try {
    return text === undefined ? undefined : decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}

/** Which client it claims to be from; whether it is decides its signature. */
function readAssertion(assertion: string | undefined, type: string | undefined): PresentedCredentials {
  if (assertion === undefined || type !== JWT_BEARER)
    throw invalidClient(`client_assertion goes with the type ${JWT_BEARER}`);
  return { method: 'private_key_jwt', clientId: requireAssertionSubject(assertion), assertion };
}

function requireAssertionSubject(assertion: string): string {
  if (assertion.length > MAX_ASSERTION_LENGTH) throw invalidClient();
  try {
    const { sub } = decodeJwt(assertion);
    if (typeof sub === 'string' && sub !== '') return sub;
  } catch {
    // No JWT at all: as wrong as one that names nobody.
  }
  throw invalidClient();
}

/** RFC 6749 §5.2: one answer for all that can be wrong, 401 with a challenge whichever way was tried. */
export function invalidClient(
  description = 'the client is unknown or its authentication failed',
): OAuthError {
  return new OAuthError('invalid_client', description, {
    status: 401,
    headers: { 'WWW-Authenticate': 'Basic realm="token endpoint", charset="UTF-8"' },
  });
}
