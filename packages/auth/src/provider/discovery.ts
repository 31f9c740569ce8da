import { authError, type AuthError, isAuthError, presentMembers } from '../foundation/index.ts';
import { fetchJson } from '../tokens/index.ts';
import { toPlainError } from './plain-error.ts';
import { PROVIDER_CALL_SECONDS } from './provider-fetch.ts';

/** The provider's own description of itself, checked for nothing but its `issuer`. */
export type DiscoveryDocument = Readonly<Record<string, unknown>>;

export interface DiscoveryOptions {
  /** Of `createProviderFetch`. */
  readonly fetch: typeof fetch;
  /**
   * Whether an answer counts as unreadable when it is not `application/json` or names no issuer. A relying party says
   * `true`. An API says `false`: it takes JSON of any media type, and a document without an issuer as another issuer's.
   */
  readonly strict: boolean;
}

/**
 * Fetches the discovery document (OIDC Discovery §4).
 *
 * @throws AuthError `discovery_failed` (transient) without a usable answer, `discovery_mismatch` for another issuer
 */
export async function fetchDiscoveryDocument(
  issuer: string,
  { fetch, strict }: DiscoveryOptions,
): Promise<DiscoveryDocument> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  try {
    const answer = await fetchJson(url, {
      fetch: strict ? jsonOnly(fetch) : fetch,
      timeoutSeconds: PROVIDER_CALL_SECONDS,
    });
    if (!isRecord(answer)) throw new TypeError('the document is not a JSON object');
    const document = presentMembers(answer);
    if (strict && typeof document['issuer'] !== 'string') throw new TypeError('the document names no issuer');
    return requireOwnIssuer(document, issuer);
  } catch (error) {
    if (isAuthError(error)) throw error;
    const cause = toPlainError(error);
    throw authError(
      'discovery_failed',
      `the provider's discovery document at ${issuer} can't be read (${cause.message}): is it running, and is the issuer right?`,
      { cause, transient: true },
    );
  }
}

/** A page that a gateway puts in the provider's place is not its answer (OIDC Discovery §4.2). */
function jsonOnly(providerFetch: typeof fetch): typeof fetch {
  return async (input, init) => requireJson(await providerFetch(input, init));
}

function requireJson(response: Response): Response {
  const type = response.headers.get('content-type') ?? '';
  if (response.status !== 200 || /^application\/json\s*(;|$)/i.test(type)) return response;
  throw new TypeError('the answer is not application/json');
}

/**
 * Mix-up (OIDC Discovery §4.3): a document about another issuer leads to that issuer's endpoints and keys. Compared
 * character by character, because parsed URLs would be equal despite another case or a trailing slash.
 */
function requireOwnIssuer(document: DiscoveryDocument, issuer: string): DiscoveryDocument {
  if (document['issuer'] === issuer) return document;
  throw issuerMismatch(issuer);
}

const isRecord = (value: unknown): value is DiscoveryDocument => typeof value === 'object' && value !== null;

function issuerMismatch(issuer: string): AuthError {
  return authError(
    'discovery_mismatch',
    `the provider's discovery document names another issuer than ${issuer}: write the issuer exactly as the provider does, slash and case included`,
  );
}
