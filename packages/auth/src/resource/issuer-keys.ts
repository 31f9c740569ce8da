import {
  authError,
  toInternalUrl,
  isAuthError,
  toPublicUrl,
  requireSecureUrl,
  type Clock,
  type Observe,
} from '../foundation/index.ts';
import { createRemoteKeys, fetchJson } from '../tokens/index.ts';
import { createDiscoveredKeys, type VersionedKeys } from './discovered-keys.ts';

export interface IssuerKeysOptions {
  readonly issuer: string;
  /** Skips discovery. */
  readonly jwksUri: string | undefined;
  readonly internalIssuerUrl: string | undefined;
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  readonly observe: Observe | undefined;
}

const TIMEOUT_SECONDS = 5;

/** The issuer's keys, at the address that is configured or that discovery gives. */
export function createIssuerKeys(options: IssuerKeysOptions): VersionedKeys {
  const { clock, observe } = options;
  const dial = toDial(options);
  const open = (jwksUri: string) => createRemoteKeys({ jwksUri, fetch: dial, clock, observe });
  if (options.jwksUri !== undefined) return open(options.jwksUri);
  return createDiscoveredKeys({
    clock,
    discover: () => findJwksUri(options, dial),
    open,
    timeoutSeconds: 2 * TIMEOUT_SECONDS,
  });
}

function toDial({ fetch, issuer, internalIssuerUrl }: IssuerKeysOptions): typeof globalThis.fetch {
  return (input, init) =>
    fetch(typeof input === 'string' ? toInternalUrl(input, issuer, internalIssuerUrl) : input, init);
}

/** OIDC Discovery §4: the document must name the very issuer it was asked for, or its keys are somebody else's (§4.3). */
async function findJwksUri(
  { issuer, internalIssuerUrl }: IssuerKeysOptions,
  dial: typeof fetch,
): Promise<string> {
  const document = await fetchMetadata(issuer, dial);
  const found: unknown = Reflect.get(document, 'issuer');
  if (found !== issuer) {
    throw authError(
      'discovery_mismatch',
      `the discovery document names another issuer than ${issuer}: a slash counts`,
    );
  }
  const jwksUri: unknown = Reflect.get(document, 'jwks_uri');
  return requireJwksUri(
    typeof jwksUri === 'string' ? toPublicUrl(jwksUri, issuer, internalIssuerUrl) : jwksUri,
  );
}

/** The document is the provider's: a wrong address in it is no fault of this site's configuration. */
function requireJwksUri(jwksUri: unknown): string {
  try {
    if (typeof jwksUri === 'string') return requireSecureUrl(jwksUri, 'jwks_uri').href;
  } catch (cause) {
    throw authError(
      'discovery_failed',
      'jwks_uri of the discovery document is not https: have the provider fix it',
      {
        cause,
      },
    );
  }
  throw authError('discovery_failed', 'the discovery document has no jwks_uri: configure jwksUri');
}

async function fetchMetadata(issuer: string, dial: typeof fetch): Promise<object> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  try {
    const document = await fetchJson(url, { fetch: dial, timeoutSeconds: TIMEOUT_SECONDS });
    if (typeof document === 'object' && document !== null) return document;
    throw new TypeError('the discovery document is no JSON object');
  } catch (cause) {
    const message = `the provider at ${issuer} does not answer discovery: check that it runs and is reachable from here`;
    throw isAuthError(cause) ? cause : authError('discovery_failed', message, { cause, transient: true });
  }
}
