import { authError, quoteUntrusted } from '../foundation/index.ts';
import { findAlgorithm, type SigningAlgorithm } from './algorithms.ts';
import { malformed } from './compact.ts';

/** What a verifier expects of a header, all of it from configuration. */
export interface HeaderRules {
  /** Accepted `typ`, lower case, without `application/`. `undefined` accepts a token without one. */
  readonly types: readonly (string | undefined)[];
  readonly algorithms: readonly SigningAlgorithm[];
  /** Said when the type is another, e.g. `an access token (typ at+jwt)`. */
  readonly wanted: string;
}

/** The members a verifier acts on. `jwk`, `jku`, `x5u`, `x5c` and `x5t` are never looked at (RFC 8725 §3.10). */
export interface JwsHeader {
  /** As written, for the key's look-up. */
  readonly alg: string;
  readonly algorithm: SigningAlgorithm;
  readonly kid: string | undefined;
}

const MAX_KID_LENGTH = 256;

/** @throws AuthError `token_malformed`, `token_type` or `token_algorithm` */
export function requireHeader(header: Record<string, unknown>, rules: HeaderRules): JwsHeader {
  refuseExtensions(header);
  requireType(header['typ'], rules);
  const algorithm = requireAlgorithm(header['alg'], rules.algorithms);
  return { alg: String(header['alg']), algorithm, kid: findKid(header) };
}

/** RFC 7515 §4.1.11: what is critical and not understood is refused, and nothing here is understood. RFC 7797: `b64`. */
function refuseExtensions(header: Record<string, unknown>): void {
  const extension = ['crit', 'b64'].find((name) => Object.hasOwn(header, name));
  if (extension) throw malformed(`its header has ${extension}, which no token needs`);
}

/** RFC 8725 §3.11: one kind of token never passes as another. Media types ignore case (RFC 7515 §4.1.9). */
function requireType(typ: unknown, { types, wanted }: HeaderRules): void {
  const said = typeof typ === 'string' ? typ.toLowerCase().replace(/^application\//, '') : typ;
  if (types.some((type) => type === said)) return;
  const found = typ === undefined ? 'no typ' : `typ ${quoteUntrusted(typ)}`;
  throw authError(
    'token_type',
    `wanted ${wanted}, got a token with ${found}: send the right one of your tokens`,
  );
}

/** RFC 8725 §3.1: the algorithm comes from configuration; the header may only name one of those. */
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
  throw malformed(`its kid is not a string of 1 to ${MAX_KID_LENGTH} characters`);
}
