import type { CryptoKey, JWK } from 'jose';
import type { SigningAlgorithm } from '../../crypto/index.ts';
import {
  type Clock,
  createLruCache,
  isBase64url,
  type LruCache,
  systemClock,
} from '../../foundation/index.ts';
import { publicMembers } from '../keys/signing-keys.ts';
import { importPublicKey, isForAlgorithm, isVerificationJwk } from '../keys/verification-jwk.ts';
import { isJsonObject } from '../strict-json.ts';
import { proofError } from './dpop-error.ts';
import type { JwsHeader } from '../jws/jws-header.ts';
import { jwkThumbprint } from './jwk-thumbprint.ts';

/** The key that a proof names. */
export interface ProofKey {
  readonly key: CryptoKey;
  /** Its thumbprint (RFC 7638). */
  readonly jkt: string;
}

/** The header of a proof, and its key. */
export interface ProofHeader extends JwsHeader, ProofKey {}

/**
 * The headers of earlier proofs, by their text: all proofs of one key have the same, and importing the key costs as much as
 * verifying with it. Bounded; an entry lives for a minute.
 */
export type DpopProofKeys = LruCache<ProofHeader>;

export function createDpopProofKeys(clock: Clock = systemClock): DpopProofKeys {
  return createLruCache(clock);
}

/** The members of private and symmetric keys (RFC 7518 §6.2.2, §6.3.2 and §6.4.1, RFC 8037 §2). */
const SECRET_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

/**
 * The public key in a proof's header.
 *
 * @throws AuthError `dpop_proof_invalid` unless it is one, of this algorithm, on its curve and strong enough
 */
export async function requireProofKey(jwk: unknown, algorithm: SigningAlgorithm): Promise<ProofKey> {
  const publicJwk = requirePublicJwk(jwk, algorithm);
  const key = await importPublicKey(publicJwk, algorithm);
  if (key) return { key, jkt: await jwkThumbprint(publicJwk) };
  throw proofError('its jwk is no key at all (off its curve, cut short), or too weak (RSA below 2048 bits)');
}

function requirePublicJwk(jwk: unknown, algorithm: SigningAlgorithm): JWK {
  if (!isJsonObject(jwk)) throw proofError('its header names no key as jwk');
  if (SECRET_MEMBERS.some((name) => Object.hasOwn(jwk, name)))
    throw proofError('its jwk has members of a private or symmetric key: that key is known to others now');
  if (!isVerificationJwk(jwk) || !isForAlgorithm(jwk, algorithm))
    throw proofError(`its jwk is not a public key to verify ${algorithm} with`);
  const members = publicMembers(jwk);
  const { x = '', y = '', n = '', e = '' } = members;
  // A second spelling of a key would have another thumbprint.
  if (![x, y, n, e].every((value) => typeof value === 'string' && isBase64url(value)))
    throw proofError('a member of its jwk is not strict base64url (RFC 7518 §6)');
  return members;
}
