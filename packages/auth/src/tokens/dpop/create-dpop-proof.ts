import { encodeText, sha256Base64url, signText, type SigningAlgorithm } from '../../crypto/index.ts';
import { type Clock, randomId, systemClock } from '../../foundation/index.ts';
import {
  generateSigningJwk,
  importSigningKey,
  publicMembers,
  type SigningKey,
} from '../keys/signing-keys.ts';
import { proofError } from './dpop-error.ts';
import { findHttpTarget } from './http-target.ts';

/** The request that a proof is for. */
export interface DpopRequest {
  /** As sent: `POST`. */
  readonly method: string;
  /** The public address. Query and fragment are left out of the proof. */
  readonly url: string;
}

export interface CreateDpopProofOptions extends DpopRequest {
  /** The access token that goes with the request; its hash becomes `ath`. */
  readonly accessToken?: string | undefined;
  /** The latest `DPoP-Nonce` of that server. */
  readonly nonce?: string | undefined;
  readonly clock?: Clock | undefined;
}

/** A key to prove by, made for this process; it can't be exported. Its `kid` is its thumbprint, `jkt`. */
export async function generateDpopKey(alg: SigningAlgorithm = 'ES256'): Promise<SigningKey> {
  return importSigningKey(await generateSigningJwk(alg));
}

/**
 * Makes the proof of one request, for its `DPoP` header (RFC 9449 §4.2).
 *
 * @throws AuthError `dpop_proof_invalid` when the address is no http or https one
 * @example
 * ```ts
 * const key = await generateDpopKey();
 * const proof = await createDpopProof(key, { method: 'GET', url: 'https://api.example/orders', accessToken });
 * ```
 */
export async function createDpopProof(
  { alg, privateKey, publicJwk }: Pick<SigningKey, 'alg' | 'privateKey' | 'publicJwk'>,
  { method, url, accessToken, nonce, clock = systemClock }: CreateDpopProofOptions,
): Promise<string> {
  const htu = findHttpTarget(url);
  if (htu === undefined) throw proofError('the address is not an absolute http or https one');
  const claims = {
    jti: randomId(),
    htm: method,
    htu,
    iat: clock(),
    ...(accessToken !== undefined && { ath: await sha256Base64url(accessToken) }),
    ...(nonce !== undefined && { nonce }),
  };
  const header = { typ: 'dpop+jwt', alg, jwk: publicMembers(publicJwk) };
  const text = `${encodeText(JSON.stringify(header))}.${encodeText(JSON.stringify(claims))}`;
  return `${text}.${await signText(alg, privateKey, text)}`;
}
