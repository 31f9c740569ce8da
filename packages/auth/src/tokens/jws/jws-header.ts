import { authError, quoteUntrusted } from '../../foundation/index.ts';
import { findAlgorithm, type SigningAlgorithm } from '../../crypto/index.ts';
import { malformedToken } from './compact-jws.ts';

/** What a verifier accepts in a header. All of it comes from configuration. */
export interface HeaderRules {
  /** Accepted `typ`, lower case, without `application/`. `undefined` accepts a token without one. */
  readonly types: readonly (string | undefined)[];
  readonly algorithms: readonly SigningAlgorithm[];
  /** What the error message says was expected, e.g. `an access token (typ at+jwt)`. */
  readonly expected: string;
}

/** The header parameters that a verifier uses. `jwk`, `jku`, `x5u`, `x5c` and `x5t` are never read (RFC 8725 §3.10). */
export interface JwsHeader {
  /** As the token spells it, to find the key. */
  readonly alg: string;
  readonly algorithm: SigningAlgorithm;
  readonly kid: string | undefined;
}

const MAX_KID_LENGTH = 256;

/** @throws AuthError `token_malformed`, `token_type` or `token_algorithm` */
export function requireJwsHeader(header: Record<string, unknown>, rules: HeaderRules): JwsHeader {
  requireNoExtensions(header);
  requireType(header['typ'], rules);
  const algorithm = requireAlgorithm(header['alg'], rules.algorithms);
  return { alg: String(header['alg']), algorithm, kid: findKid(header) };
}

/** RFC 7515 §4.1.11: a critical extension that isn't supported is refused, and none is supported here. RFC 7797: `b64`. */
function requireNoExtensions(header: Record<string, unknown>): void {
  const extension = ['crit', 'b64'].find((name) => Object.hasOwn(header, name));
  if (extension) throw malformedToken(`its header has ${extension}, which no token needs`);
}

/** RFC 8725 §3.11: a token of one kind is never accepted as another. Media types ignore case (RFC 7515 §4.1.9). */
function requireType(typ: unknown, { types, expected }: HeaderRules): void {
  const mediaType = typeof typ === 'string' ? typ.toLowerCase().replace(/^application\//, '') : typ;
  if (types.some((type) => type === mediaType)) return;
  const found = typ === undefined ? 'no typ' : `typ ${quoteUntrusted(typ)}`;
  throw authError(
    'token_type',
    `wanted ${expected}, got a token with ${found}: send the right one of your tokens`,
  );
}

/** RFC 8725 §3.1: configuration lists the accepted algorithms; the header can only name one of them. */
function requireAlgorithm(alg: unknown, allowed: readonly SigningAlgorithm[]): SigningAlgorithm {
  const algorithm = findAlgorithm(alg);
  if (algorithm && allowed.includes(algorithm)) return algorithm;
  throw authError(
    'token_algorithm',
    `alg ${quoteUntrusted(alg)} is not accepted here (${allowed.join(', ')}): have the issuer sign with one of these`,
  );
}

function findKid(header: Record<string, unknown>): string | undefined {
  if (!Object.hasOwn(header, 'kid')) return undefined;
  const { kid } = header;
  if (typeof kid === 'string' && kid !== '' && kid.length <= MAX_KID_LENGTH) return kid;
  throw malformedToken(`its kid is not a string of 1 to ${MAX_KID_LENGTH} characters`);
}
