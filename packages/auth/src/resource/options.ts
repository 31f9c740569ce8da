import type { AccessContract } from '../access/index.ts';
import {
  authError,
  requireSecureUrl,
  type AuthErrorCode,
  type Clock,
  type Observe,
} from '../foundation/index.ts';
import type { StateStore } from '../session/index.ts';
import type { CorsOptions } from './cors-answers.ts';
import type { ResourceDpopOptions } from './dpop-options.ts';
import { requireSigningAlgorithms, type SigningAlgorithm, type VerificationKeys } from '../tokens/index.ts';

/** How one API recognises its tokens. Validated when the resource server is created. */
export interface ResourceServerOptions<C extends AccessContract, A extends keyof C['audiences'] & string> {
  /** The provider's issuer identifier, compared character by character. https, or http on loopback. */
  readonly issuer: string;
  /** This API (RFC 8707 `resource`, RFC 9068 `aud`). A token for any other audience is refused. */
  readonly audience: A;
  /** The access contract; types the permissions. */
  readonly access?: C;
  /** The issuer's keys, where the API already has them. Default: fetched from `jwksUri`. */
  readonly keys?: VerificationKeys;
  /**
   * Which sessions were ended: the store that the site of this API gives its `createRelyingParty`, or one on the same
   * tables. Then a token of an ended session, of a person who was signed out, or from before a change of the person's
   * permissions that the provider told the site of, is refused at once. The store is asked for
   * every request, so keep it near. Default: none, and a token works until its end.
   */
  readonly revocations?: StateStore;
  /** Where the issuer publishes its keys. Default: the discovery document's `jwks_uri`, fetched at the first token. */
  readonly jwksUri?: string;
  /** The address that replaces `issuer` in server calls (containers, private networks); tokens are still compared with `issuer`. */
  readonly internalIssuerUrl?: string;
  /** The asymmetric algorithms that this audience's tokens may be signed with. Default: what `access` says, else `['ES256']`. */
  readonly algorithms?: readonly SigningAlgorithm[];
  /** Default `globalThis.fetch`. */
  readonly fetch?: typeof fetch;
  readonly clock?: Clock;
  readonly observe?: Observe;
  /** Whether `observe` also hears what was compared; see the relying party's option of this name. Default `false`. */
  readonly eventDetails?: boolean;
  /** The claim that holds permissions: an array, or a string with spaces. Default `permissions`. */
  readonly permissionsClaim?: string;
  /**
   * Takes tokens that are bound to a key, as `Authorization: DPoP` with a proof (RFC 9449). Default: none are taken. With
   * and without it a bound token is refused as `Bearer`.
   */
  readonly dpop?: ResourceDpopOptions;
  /** Which other sites' pages may call this API from the browser. Default: none. */
  readonly cors?: CorsOptions;
  /** The `realm` of challenges (RFC 9110 §11.5), printable ASCII. Default: the audience. */
  readonly realm?: string;
  /**
   * The address of a page that explains an error code, sent as `error_uri` (RFC 6750 §3). Default: none is sent, and the
   * description says what is wrong.
   */
  readonly errorUri?: (code: AuthErrorCode) => string;
}

function requireAudienceInContract({ audiences }: AccessContract, audience: string): void {
  const entry = Object.hasOwn(audiences, audience) ? audiences[audience] : undefined;
  if (!entry) {
    const message = `the access contract does not define the audience ${audience}: add it there`;
    throw authError('config_invalid', message);
  }
  // The contract may come from a file. With an HMAC every verifier could also sign (RFC 8725 §3.1).
  if (entry.alg !== undefined) requireSigningAlgorithms([entry.alg]);
}

/** @throws AuthError `config_invalid` */
export function requireValidOptions<C extends AccessContract, A extends keyof C['audiences'] & string>(
  options: ResourceServerOptions<C, A>,
): void {
  requireSecureUrl(options.issuer, 'issuer');
  if (options.algorithms) requireSigningAlgorithms(options.algorithms);
  const { audience, access, realm, internalIssuerUrl } = options;
  if (audience === '') throw authError('config_invalid', 'audience is empty: give the URI of this API');
  if (access) requireAudienceInContract(access, audience);
  // The realm stands in quotes in WWW-Authenticate (RFC 9110 §5.6.4).
  if (!/^[\x20-\x21\x23-\x5B\x5D-\x7E]+$/.test(realm ?? audience)) {
    throw authError('config_invalid', 'realm must be printable ASCII without quotes and backslashes');
  }
  if (internalIssuerUrl !== undefined && !URL.canParse(internalIssuerUrl)) {
    throw authError('config_invalid', 'internalIssuerUrl is not an absolute URL: write http://host:port');
  }
}
