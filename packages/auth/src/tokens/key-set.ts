import { importJWK, type CryptoKey, type JWK } from 'jose';
import { factsOf, findAlgorithm, signingAlgorithms, type SigningAlgorithm } from './algorithms.ts';
import { isObject } from './compact.ts';
import { isSoundRsa } from './sound-rsa.ts';
import { publicMembers } from './signing-keys.ts';

/** What a token's header says about its key. */
export interface KeyQuery {
  readonly alg: string;
  readonly kid?: string | undefined;
}

/** A JWK Set (RFC 7517 §5), reduced to what can verify signatures. */
export interface KeySet {
  /** How many keys of it look as if they could verify something. */
  readonly size: number;
  readonly kids: readonly string[];
  /** Whether one key of it at least can really be used. */
  isUsable(): Promise<boolean>;
  /** The one key that the query means; `undefined` when there is none, or more than one. */
  find(query: KeyQuery): Promise<CryptoKey | undefined>;
}

/** @throws TypeError when it is no JWK Set. Members that can't verify signatures are left out (RFC 7517 §5). */
export function createKeySet(jwks: unknown): KeySet {
  const members: unknown = isObject(jwks) ? jwks['keys'] : undefined;
  if (!Array.isArray(members)) throw new TypeError('not a JWK Set: no array "keys"');
  const keys = members.filter(isVerificationJwk).map(toPublishedKey);
  return {
    size: keys.length,
    kids: keys.flatMap(({ jwk }) => jwk.kid ?? []),
    isUsable: () => hasUsable(keys),
    async find({ alg, kid }) {
      const algorithm = findAlgorithm(alg);
      if (!algorithm) return undefined;
      const found = keys.filter(({ jwk }) => fits(jwk, algorithm) && (kid === undefined || jwk.kid === kid));
      return findOnly(found)?.open(algorithm);
    },
  };
}

interface PublishedKey {
  readonly jwk: JWK;
  /** Imports it once. `undefined` when it can't be used. */
  open(algorithm: SigningAlgorithm): Promise<CryptoKey | undefined>;
}

function toPublishedKey(jwk: JWK): PublishedKey {
  const opened = new Map<SigningAlgorithm, Promise<CryptoKey | undefined>>();
  return {
    jwk,
    open(algorithm) {
      const key = opened.get(algorithm) ?? importPublic(jwk, algorithm);
      opened.set(algorithm, key);
      return key;
    },
  };
}

/**
 * An ambiguous `kid`, or none where several keys fit, is refused rather than tried: a guess is no key selection. One
 * key that is published twice is still one.
 */
function findOnly([first, ...others]: readonly PublishedKey[]): PublishedKey | undefined {
  return first && others.every((other) => isSame(first.jwk, other.jwk)) ? first : undefined;
}

function isSame(one: JWK, other: JWK): boolean {
  return one.kid === other.kid && JSON.stringify(publicMembers(one)) === JSON.stringify(publicMembers(other));
}

async function hasUsable(keys: readonly PublishedKey[]): Promise<boolean> {
  for (const key of keys) {
    const algorithm = signingAlgorithms.find((candidate) => fits(key.jwk, candidate));
    if (algorithm && (await key.open(algorithm))) return true;
  }
  return false;
}

function isVerificationJwk(jwk: unknown): jwk is JWK {
  return (
    isObject(jwk) &&
    ['EC', 'RSA', 'OKP'].includes(String(jwk['kty'])) &&
    (jwk['use'] === undefined || jwk['use'] === 'sig') &&
    (jwk['key_ops'] === undefined || (Array.isArray(jwk['key_ops']) && jwk['key_ops'].includes('verify'))) &&
    (jwk['kid'] === undefined || typeof jwk['kid'] === 'string')
  );
}

/** A key serves the algorithm it was published for, or any of its type where it names none (RFC 7517 §4.4). */
function fits(jwk: JWK, algorithm: SigningAlgorithm): boolean {
  const { kty, crv } = factsOf(algorithm);
  if (jwk.kty !== kty || (crv !== undefined && jwk.crv !== crv)) return false;
  return jwk.alg === undefined || findAlgorithm(jwk.alg) === algorithm;
}

/** A key that can't be imported (off the curve, cut short), or that others can sign with too, is as good as absent. */
async function importPublic(jwk: JWK, algorithm: SigningAlgorithm): Promise<CryptoKey | undefined> {
  try {
    if (jwk.kty === 'RSA' && !isSoundRsa(jwk)) return undefined;
    const key = await importJWK(publicMembers(jwk), algorithm);
    return key instanceof Uint8Array ? undefined : key;
  } catch {
    return undefined;
  }
}
