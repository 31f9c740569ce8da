import { importJWK, type CryptoKey, type JWK } from 'jose';
import { factsOf, findAlgorithm, type SigningAlgorithm } from './algorithms.ts';
import { isObject } from './compact.ts';
import { publicMembers } from './signing-keys.ts';

/** What a token's header says about its key. */
export interface KeyQuery {
  readonly alg: string;
  readonly kid?: string | undefined;
}

/** A JWK Set (RFC 7517 §5), reduced to what can verify signatures. */
export interface KeySet {
  /** How many keys of it can verify anything. */
  readonly size: number;
  readonly kids: readonly string[];
  /** The one key that the query means; `undefined` when there is none, or more than one. */
  find(query: KeyQuery): Promise<CryptoKey | undefined>;
}

/** @throws TypeError when it is no JWK Set. Members that can't verify signatures are left out (RFC 7517 §5). */
export function createKeySet(jwks: unknown): KeySet {
  const members: unknown = isObject(jwks) ? jwks['keys'] : undefined;
  if (!Array.isArray(members)) throw new TypeError('not a JWK Set: no array "keys"');
  const keys = members.filter(isVerificationJwk);
  const imported = new Map<string, Promise<CryptoKey | undefined>>();
  return {
    size: keys.length,
    kids: keys.flatMap(({ kid }) => kid ?? []),
    find({ alg, kid }) {
      const algorithm = findAlgorithm(alg);
      if (!algorithm) return Promise.resolve(undefined);
      const index = findOnly(keys, (jwk) => fits(jwk, algorithm) && (kid === undefined || jwk.kid === kid));
      const jwk = index === undefined ? undefined : keys[index];
      return jwk
        ? remember(imported, `${index} ${algorithm}`, () => importPublic(jwk, algorithm))
        : Promise.resolve(undefined);
    },
  };
}

function remember<T>(memory: Map<string, T>, name: string, make: () => T): T {
  const known = memory.get(name) ?? make();
  memory.set(name, known);
  return known;
}

/** An ambiguous `kid`, or none where several keys fit, is refused rather than tried: a guess is no key selection. */
function findOnly(keys: readonly JWK[], test: (jwk: JWK) => boolean): number | undefined {
  const found = keys.flatMap((jwk, index) => (test(jwk) ? [index] : []));
  return found.length === 1 ? found[0] : undefined;
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

/** A key that can't be imported (off the curve, cut short) or is too short (RFC 7518 §3.3) is as good as absent. */
async function importPublic(jwk: JWK, algorithm: SigningAlgorithm): Promise<CryptoKey | undefined> {
  try {
    const key = await importJWK(publicMembers(jwk), algorithm);
    if (key instanceof Uint8Array) return undefined;
    const bits: unknown = Reflect.get(key.algorithm, 'modulusLength');
    return typeof bits === 'number' && bits < 2048 ? undefined : key;
  } catch {
    return undefined;
  }
}
