import type * as oauth from 'oauth4webapi';
import { authError, toPublicUrl, requireSecureUrl } from '../foundation/index.ts';
import type { DiscoveryDocument } from './discovery.ts';

const requiredEndpoints = ['authorization_endpoint', 'token_endpoint', 'jwks_uri'] as const;

/** The provider's metadata (OIDC Discovery §3) with the members that a relying party can't do without. */
export type ProviderMetadata = oauth.AuthorizationServer &
  Required<Pick<oauth.AuthorizationServer, (typeof requiredEndpoints)[number]>>;

/** The provider's two addresses, from configuration. */
export interface ProviderAddresses {
  readonly issuer: string;
  readonly internalIssuerUrl?: string | undefined;
}

/**
 * The metadata of a discovery document whose issuer was compared.
 *
 * @throws AuthError `discovery_failed` where an endpoint is missing or not https
 */
export function requireMetadata(addresses: ProviderAddresses, document: DiscoveryDocument): ProviderMetadata {
  if (!isComplete(document)) {
    throw authError(
      'discovery_failed',
      `the provider's discovery document lacks one of ${requiredEndpoints.join(', ')} (OIDC Discovery §3)`,
    );
  }
  const metadata = withPublicEndpoints(addresses, document);
  for (const name of requiredEndpoints) requireEndpoint(metadata[name], name);
  return withoutUnusableEndpoints(metadata);
}

/** The address of the keys alone, which is all that an API needs. @throws AuthError `discovery_failed` */
export function requireJwksUri(
  { issuer, internalIssuerUrl }: ProviderAddresses,
  { jwks_uri: jwksUri }: DiscoveryDocument,
): string {
  if (typeof jwksUri !== 'string')
    throw authError('discovery_failed', 'the discovery document has no jwks_uri: configure jwksUri');
  return requireEndpoint(toPublicUrl(jwksUri, issuer, internalIssuerUrl), 'jwks_uri');
}

function isComplete(document: DiscoveryDocument): document is ProviderMetadata {
  return requiredEndpoints.every((name) => typeof document[name] === 'string');
}

/** What servers call. Browsers are never sent to an internal address. */
const serverEndpoints = ['token_endpoint', 'jwks_uri', 'userinfo_endpoint', 'revocation_endpoint'] as const;

function withPublicEndpoints(
  { issuer, internalIssuerUrl }: ProviderAddresses,
  metadata: ProviderMetadata,
): ProviderMetadata {
  const endpoints = serverEndpoints.flatMap((name) => {
    const address = metadata[name];
    return address === undefined ? [] : [[name, toPublicUrl(address, issuer, internalIssuerUrl)] as const];
  });
  return { ...metadata, ...Object.fromEntries(endpoints) };
}

/** A wrong address in the document is the provider's fault: neither this site's configuration nor time mends it. */
function requireEndpoint(address: string, name: string): string {
  if (isSecureUrl(address)) return address;
  throw authError(
    'discovery_failed',
    `${name} of the provider's discovery document is not https: have the provider fix it`,
  );
}

const optionalEndpoints = ['userinfo_endpoint', 'end_session_endpoint', 'revocation_endpoint'] as const;

/** A login works without the optional endpoints, so one with a wrong address counts as absent. */
function withoutUnusableEndpoints(metadata: ProviderMetadata): ProviderMetadata {
  const unusable = optionalEndpoints.filter((name) => !isSecureUrl(metadata[name]));
  return { ...metadata, ...Object.fromEntries(unusable.map((name) => [name, undefined])) };
}

function isSecureUrl(address: unknown): boolean {
  try {
    return typeof address === 'string' && requireSecureUrl(address, 'endpoint') !== undefined;
  } catch {
    return false; // whoever asks says what a wrong address means
  }
}
