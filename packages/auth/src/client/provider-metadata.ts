import type * as oauth from 'oauth4webapi';
import { authError, type AuthError, toPublicUrl, requireSecureUrl } from '../foundation/index.ts';
import type { SigningAlgorithm } from '../tokens/index.ts';

/** The provider's metadata (OIDC Discovery §3) with what a relying party can't do without. */
export type ProviderMetadata = oauth.AuthorizationServer &
  Required<Pick<oauth.AuthorizationServer, (typeof required)[number]>>;

/** What this site knows of its provider before it asks. */
interface Expected {
  readonly issuer: string;
  readonly internalIssuerUrl: string | undefined;
}

/** The library goes by what the provider offers; what this site accepts comes from its configuration (RFC 8725 §3.1). */
export function accepting(
  algorithms: readonly SigningAlgorithm[],
  metadata: ProviderMetadata,
): ProviderMetadata {
  const names = algorithms.flatMap((name) => (name === 'EdDSA' ? [name, 'Ed25519'] : [name])); // RFC 9864 renamed it
  return { ...metadata, id_token_signing_alg_values_supported: names };
}

export function requireMetadata(expected: Expected, metadata: oauth.AuthorizationServer): ProviderMetadata {
  const { issuer } = expected;
  // Mix-up defence, OIDC Discovery §4.3: character by character. The library compares parsed URLs, which
  // forgives case and a trailing slash.
  if (metadata.issuer !== issuer) throw mismatch(issuer);
  if (!isComplete(metadata)) {
    throw authError(
      'discovery_failed',
      `the provider's discovery document lacks one of ${required.join(', ')} (OIDC Discovery §3)`,
    );
  }
  const named = serverEndpointsAt(expected, metadata);
  for (const name of required) requireEndpoint(named[name], name);
  return withoutUnusable(named);
}

/** What servers call; browsers never get an internal address. */
const serverEndpoints = ['token_endpoint', 'jwks_uri', 'userinfo_endpoint', 'revocation_endpoint'] as const;

function serverEndpointsAt(
  { issuer, internalIssuerUrl }: Expected,
  metadata: ProviderMetadata,
): ProviderMetadata {
  const moved = serverEndpoints.flatMap((name) => {
    const address = metadata[name];
    return address === undefined ? [] : [[name, toPublicUrl(address, issuer, internalIssuerUrl)] as const];
  });
  return { ...metadata, ...Object.fromEntries(moved) };
}

/** The document is the provider's: a wrong address in it is no fault of this site's configuration, and time won't mend it. */
function requireEndpoint(address: string, name: string): void {
  if (isSecureUrl(address)) return;
  throw authError(
    'discovery_failed',
    `${name} of the provider's discovery document is not https: have the provider fix it`,
  );
}

/** What the provider need not have, and a site can do without, must not stop a login: a wrong address is none. */
function withoutUnusable(metadata: ProviderMetadata): ProviderMetadata {
  const unusable = (['userinfo_endpoint', 'end_session_endpoint', 'revocation_endpoint'] as const).filter(
    (name) => !isSecureUrl(metadata[name]),
  );
  return { ...metadata, ...Object.fromEntries(unusable.map((name) => [name, undefined])) };
}

function isSecureUrl(address: unknown): boolean {
  try {
    return typeof address === 'string' && requireSecureUrl(address, 'endpoint') !== undefined;
  } catch {
    return false;
  }
}

const required = ['authorization_endpoint', 'token_endpoint', 'jwks_uri'] as const;

function isComplete(metadata: oauth.AuthorizationServer): metadata is ProviderMetadata {
  return required.every((name) => typeof metadata[name] === 'string');
}

export function mismatch(issuer: string, cause?: Error): AuthError {
  return authError(
    'discovery_mismatch',
    `the provider's discovery document names another issuer than ${issuer}: write the issuer exactly as the provider does, slash and case included`,
    { cause },
  );
}
