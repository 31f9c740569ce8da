import type { Access } from '../access/index.ts';
import { authError, requireSecureUrl, type Clock, type Observe } from '../foundation/index.ts';
import { requireAlgorithms, type SigningAlgorithm, type VerificationKeys } from '../tokens/index.ts';

/** How one API recognises its tokens. Validated when the resource server is created. */
export interface ResourceServerOptions<C extends Access, A extends keyof C['audiences'] & string> {
  /** The provider's issuer identifier, compared character by character. https, or http on loopback. */
  readonly issuer: string;
  /** This API (RFC 8707 `resource`, RFC 9068 `aud`). A token for any other audience is refused. */
  readonly audience: A;
  /** The access contract; types the permissions. */
  readonly access?: C;
  /** The issuer's keys at hand. Default: fetched from `jwksUri`. */
  readonly keys?: VerificationKeys;
  /** Where the issuer publishes its keys. Default: what its discovery document says, fetched at the first token. */
  readonly jwksUri?: string;
  /** Dialled in place of `issuer` for server calls (containers, private networks); names are still compared. */
  readonly internalIssuerUrl?: string;
  /** What this audience's tokens are signed with, asymmetric only. Default: what `access` says, else `['ES256']`. */
  readonly algorithms?: readonly SigningAlgorithm[];
  /** Default `globalThis.fetch`. */
  readonly fetch?: typeof fetch;
  readonly clock?: Clock;
  readonly observe?: Observe;
  /** The claim that lists permissions: a list, or a text with spaces. Default `permissions`. */
  readonly permissionsClaim?: string;
  /** What the challenge calls this API, printable ASCII. Default: the audience. */
  readonly realm?: string;
}

function checkContract({ audiences }: Access, audience: string): void {
  const entry = Object.hasOwn(audiences, audience) ? audiences[audience] : undefined;
  if (!entry) {
    const message = `the access contract does not define the audience ${audience}: add it there`;
    throw authError('config_invalid', message);
  }
  // It may come from a file. With an HMAC, who verifies could also sign (RFC 8725 §3.1).
  if (entry.alg !== undefined) requireAlgorithms([entry.alg]);
}

/** @throws AuthError `config_invalid` */
export function checkOptions<C extends Access, A extends keyof C['audiences'] & string>(
  options: ResourceServerOptions<C, A>,
): void {
  requireSecureUrl(options.issuer, 'issuer');
  if (options.algorithms) requireAlgorithms(options.algorithms);
  const { audience, access, realm, internalIssuerUrl } = options;
  if (audience === '') throw authError('config_invalid', 'audience is empty: give the URI of this API');
  if (access) checkContract(access, audience);
  // It stands between quotes in WWW-Authenticate (RFC 9110 §5.6.4).
  if (!/^[\x20-\x21\x23-\x5B\x5D-\x7E]+$/.test(realm ?? audience)) {
    throw authError('config_invalid', 'realm must be printable ASCII without quotes and backslashes');
  }
  if (internalIssuerUrl !== undefined && !URL.canParse(internalIssuerUrl)) {
    throw authError('config_invalid', 'internalIssuerUrl is not an absolute URL: write http://host:port');
  }
}
