import {
  decodeBytes,
  requireSigningAlgorithms,
  sha256Base64url,
  type SigningAlgorithm,
} from '../../crypto/index.ts';
import {
  authError,
  CLOCK_TOLERANCE_SECONDS,
  type Clock,
  isAuthError,
  MINUTE,
  type Note,
  SECOND,
  systemClock,
} from '../../foundation/index.ts';
import {
  requireIfPresent,
  requireNotExpired,
  requireNotInFuture,
  requireNumericDate,
  requireString,
  type SignedClaims,
} from '../claim-checks.ts';
import { inspectToken, type ReportOptions } from '../inspect-token.ts';
import { requireCompactJws, requireJsonObject } from '../jws/compact-jws.ts';
import { requireJwsHeader } from '../jws/jws-header.ts';
import { requireSignature } from '../jws/verify-jws.ts';
import type { DpopRequest } from './create-dpop-proof.ts';
import { proofError } from './dpop-error.ts';
import type { DpopNonces } from './dpop-nonces.ts';
import { type DpopProofKeys, type ProofHeader, requireProofKey } from './dpop-proof-key.ts';
import { findHttpTarget } from './http-target.ts';

/** `url` is the server's own configured public address with the request's path, and nothing that `Host` says. */
export interface VerifyDpopProofOptions extends DpopRequest, ReportOptions {
  /** Asymmetric only. */
  readonly algorithms: readonly SigningAlgorithm[];
  /** The access token that came with the request; `ath` has to be its hash then. */
  readonly accessToken?: string | undefined;
  /** Demands a recent nonce of this server. */
  readonly nonces?: DpopNonces | undefined;
  /** Remembers keys from proof to proof. Default: each is imported anew. */
  readonly keys?: DpopProofKeys | undefined;
  readonly clock?: Clock | undefined;
  /** How long ago the proof may have been made. Default 60 seconds. */
  readonly maxAgeSeconds?: number | undefined;
  /** How far the client's clock may be ahead. Default 10 seconds. */
  readonly maxAheadSeconds?: number | undefined;
}

/** What a proof shows. It counts once: the caller hands it to `consumeDpopProof`. */
export interface DpopProof {
  readonly jti: string;
  /** Seconds, with a fraction where the client writes one. */
  readonly iat: number;
  /** The thumbprint of the key that signed it (RFC 7638), to compare with `cnf.jkt`. */
  readonly jkt: string;
  readonly htm: string;
  /** In the one spelling that was compared. */
  readonly htu: string;
  readonly nonce: string | undefined;
  /** Integer seconds: from then on no process takes it, whose clock is as wrong as clocks may be. */
  readonly usableUntil: number;
}

/** An RSA key of 4096 bits and its signature, with room for an address and a nonce. */
const MAX_PROOF_LENGTH = 4 * 1024;

/**
 * Verifies the proof of one request: all of RFC 9449 §4.3 but for what only the caller sees. The caller refuses a request
 * with more than one `DPoP` header (or passes the joined values here, which are no proof), compares `jkt` with the token's
 * `cnf.jkt`, and consumes the proof.
 *
 * @param proof the value of the `DPoP` header; `undefined` and null where there is none
 * @throws AuthError `dpop_proof_invalid` (on the wire `invalid_dpop_proof`) and `dpop_nonce_required` (`use_dpop_nonce`)
 * @example
 * ```ts
 * const proof = await verifyDpopProof(headers.get('dpop'), { method: 'POST', url: tokenEndpoint, algorithms: ['ES256'] });
 * await consumeDpopProof(store, proof);
 * ```
 */
export async function verifyDpopProof(
  proof: string | null | undefined,
  options: VerifyDpopProofOptions,
): Promise<DpopProof> {
  requireSigningAlgorithms(options.algorithms);
  if (typeof proof !== 'string') throw proofError('there is none: the DPoP header is missing');
  const { algorithms, nonces } = options;
  const inspected = { kind: 'dpop-proof', text: proof, algorithms, types: ['dpop+jwt'] } as const;
  return inspectToken(options, inspected, async (note) => {
    const { claims, jkt } = await asProof(() => readProof(proof, options));
    const checked = await asProof(() => checkClaims(claims, options, note));
    const found = checked.nonce === undefined ? 'none' : 'one';
    note('dpop nonce', nonces ? 'a recent one of this server' : 'any', found);
    await requireNonce(checked.nonce, nonces);
    return { ...checked, jkt };
  });
}

/** Errors of tokens in general, as refusals of a proof. */
async function asProof<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (!isAuthError(cause) || cause.code.startsWith('dpop_')) throw cause;
    throw proofError(cause.message, cause);
  }
}

/** The claims are parsed only after the signature was verified. */
async function readProof(proof: string, options: VerifyDpopProofOptions) {
  const jws = requireCompactJws(proof, MAX_PROOF_LENGTH);
  const header = await requireProofHeader(jws.header, options);
  await requireSignature(jws, header, header.key);
  return { claims: requireJsonObject(decodeBytes(jws.payload), 'payload'), jkt: header.jkt };
}

async function requireProofHeader(
  text: string,
  { algorithms, keys }: Pick<VerifyDpopProofOptions, 'algorithms' | 'keys'>,
): Promise<ProofHeader> {
  const known = keys?.find(text);
  if (known && algorithms.includes(known.algorithm)) return known;
  const members = requireJsonObject(decodeBytes(text), 'header');
  const rules = { types: ['dpop+jwt'], expected: 'a DPoP proof (typ dpop+jwt)', algorithms };
  const header = requireJwsHeader(members, rules);
  const found = { ...header, ...(await requireProofKey(members['jwk'], header.algorithm)) };
  keys?.add(text, found);
  return found;
}

async function checkClaims(
  claims: SignedClaims,
  options: VerifyDpopProofOptions,
  note: Note,
): Promise<Omit<DpopProof, 'jkt'>> {
  const jti = requireString(claims, 'jti');
  note('htm', options.method, claims['htm']);
  const htm = requireMethod(claims, options);
  note('htu', findHttpTarget(options.url), findHttpTarget(claims['htu']));
  const htu = requireTarget(claims, options);
  note('iat', 'now, or a moment ago', claims['iat']);
  const { iat, usableUntil } = requireRecent(claims, options);
  note('ath', options.accessToken === undefined ? 'any' : 'of the token beside it', describeHash(claims));
  await requireTokenHash(claims, options.accessToken);
  requireIfPresent(claims, ['nonce'], requireString);
  const { nonce } = claims;
  return { jti, iat, htm, htu, usableUntil, nonce: typeof nonce === 'string' ? nonce : undefined };
}

const describeHash = (claims: SignedClaims) => (Object.hasOwn(claims, 'ath') ? 'a hash' : 'none');

/** RFC 9110 §9.1: methods are case-sensitive. */
function requireMethod(claims: SignedClaims, { method }: DpopRequest): string {
  if (requireString(claims, 'htm') === method) return method;
  throw proofError('its htm is another method than that of the request');
}

function requireTarget(claims: SignedClaims, { url }: DpopRequest): string {
  const own = findHttpTarget(url);
  const { htu } = claims;
  if (own !== undefined && (htu === own || findHttpTarget(htu) === own)) return own;
  throw proofError(`its htu is another address than that of the request, ${own ?? 'which is none'}`);
}

/** RFC 9449 §11.1: a proof is for now. `exp` and `nbf` are none of its claims; they hold all the same (RFC 7519 §4.1). */
function requireRecent(claims: SignedClaims, options: VerifyDpopProofOptions) {
  const { clock = systemClock, maxAgeSeconds = MINUTE, maxAheadSeconds = 10 * SECOND } = options;
  const iat = requireNumericDate(claims, 'iat');
  const age = clock() - iat;
  // Written so that a clock that returns NaN refuses the proof.
  if (!(age <= maxAgeSeconds && -age <= maxAheadSeconds))
    throw proofError(
      `its iat is ${Math.abs(Math.round(age))} s ${age > 0 ? 'past' : 'ahead'}; ${maxAgeSeconds} s past and ${maxAheadSeconds} s ahead are taken: compare the clocks`,
    );
  const times = { clock, toleranceSeconds: maxAheadSeconds };
  requireIfPresent(claims, ['exp'], () => requireNotExpired(claims, times));
  requireIfPresent(claims, ['nbf'], (_claims, name) => requireNotInFuture(claims, name, times));
  return { iat, usableUntil: Math.ceil(iat) + maxAgeSeconds + CLOCK_TOLERANCE_SECONDS };
}

/** RFC 9449 §4.3(12): the proof is of this very access token. */
async function requireTokenHash(claims: SignedClaims, accessToken: string | undefined): Promise<void> {
  if (accessToken === undefined) return;
  if (requireString(claims, 'ath') === (await sha256Base64url(accessToken))) return;
  throw proofError('its ath is not the hash of the access token beside it');
}

async function requireNonce(nonce: string | undefined, nonces: DpopNonces | undefined): Promise<void> {
  if (!nonces || (nonce !== undefined && (await nonces.isCurrent(nonce)))) return;
  throw authError(
    'dpop_nonce_required',
    'the DPoP proof has no recent nonce of this server: make it once more with that of the DPoP-Nonce header',
  );
}
