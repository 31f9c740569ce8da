import type { CryptoKey, JWK } from 'jose';
import { presentMembers } from '../../foundation/index.ts';
import { findAlgorithm, signingAlgorithms, type SigningAlgorithm } from '../../crypto/index.ts';
import { isJsonObject } from '../strict-json.ts';
import { publicMembers } from './signing-keys.ts';
import { importPublicKey, isForAlgorithm, isVerificationJwk } from './verification-jwk.ts';

/** What a token's header says about its key (RFC 7515 §4.1). */
export interface KeyQuery {
  readonly alg: string;
  readonly kid?: string | undefined;
}

/** The keys of a JWK Set (RFC 7517 §5) that can verify signatures. */
export interface KeySet {
  /** How many keys have the members of a verification key. */
  readonly size: number;
  readonly kids: readonly string[];
  /** Whether at least one key can be imported. */
  isUsable(): Promise<boolean>;
  /** The key that matches the query; `undefined` when none or several do. */
  find(query: KeyQuery): Promise<CryptoKey | undefined>;
}

/** Leaves out keys that can't verify signatures (RFC 7517 §5). @throws TypeError when the value isn't a JWK Set */
export function createKeySet(jwks: unknown): KeySet {
  const members: unknown = isJsonObject(jwks) ? jwks['keys'] : undefined;
  if (!Array.isArray(members)) throw new TypeError('not a JWK Set: no array "keys"');
  const keys = members.filter(isJsonObject).map(presentMembers).filter(isVerificationJwk).map(toPublishedKey);
  return {
    size: keys.length,
    kids: keys.flatMap(({ jwk }) => jwk.kid ?? []),
    isUsable: () => hasUsable(keys),
    async find({ alg, kid }) {
      const algorithm = findAlgorithm(alg);
      if (!algorithm) return undefined;
      const found = keys.filter(
        ({ jwk }) => isForAlgorithm(jwk, algorithm) && (kid === undefined || jwk.kid === kid),
      );
      return findOnly(found)?.importFor(algorithm);
    },
  };
}

interface PublishedKey {
  readonly jwk: JWK;
  /** Imports the key once per algorithm. `undefined` when that fails. */
  importFor(algorithm: SigningAlgorithm): Promise<CryptoKey | undefined>;
}

function toPublishedKey(jwk: JWK): PublishedKey {
  const imported = new Map<SigningAlgorithm, Promise<CryptoKey | undefined>>();
  return {
    jwk,
    importFor(algorithm) {
      const key = imported.get(algorithm) ?? importPublicKey(jwk, algorithm);
      imported.set(algorithm, key);
      return key;
    },
  };
}

/**
 * Where several keys match, none is tried: the token has to name its key. A key that is published twice counts as one.
 */
function findOnly([first, ...others]: readonly PublishedKey[]): PublishedKey | undefined {
  return first && others.every((other) => isSameKey(first.jwk, other.jwk)) ? first : undefined;
}

function isSameKey(one: JWK, other: JWK): boolean {
  return one.kid === other.kid && JSON.stringify(publicMembers(one)) === JSON.stringify(publicMembers(other));
}

async function hasUsable(keys: readonly PublishedKey[]): Promise<boolean> {
  for (const key of keys) {
    const algorithm = signingAlgorithms.find((candidate) => isForAlgorithm(key.jwk, candidate));
    if (algorithm && (await key.importFor(algorithm))) return true;
  }
  return false;
}
