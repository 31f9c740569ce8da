import type { CryptoKey } from 'jose';
import { parametersOf, type SigningAlgorithm } from './algorithms.ts';
import { engine } from './chosen-engine.ts';

/**
 * Signs a text.
 *
 * @returns the signature in base64url
 * @throws TypeError when the key is not a private key of this algorithm
 */
export async function signText(alg: SigningAlgorithm, key: CryptoKey, text: string): Promise<string> {
  requireKeyFor(alg, key, 'sign');
  return engine.toBase64url(await engine.sign(alg, key, text));
}

/**
 * Whether a signature of this text is the key's.
 *
 * @param signature strict base64url
 * @throws TypeError when the key is not a public key of this algorithm
 */
export async function isSignatureOf(
  alg: SigningAlgorithm,
  key: CryptoKey,
  signature: string,
  text: string,
): Promise<boolean> {
  requireKeyFor(alg, key, 'verify');
  const bytes = engine.fromBase64url(signature);
  const { signatureBytes = bytes.length } = parametersOf(alg);
  return bytes.length > 0 && bytes.length === signatureBytes && (await engine.verify(alg, key, bytes, text));
}

type Usage = 'sign' | 'verify';

/** What a key was found fit for. Reading a `CryptoKey`'s members costs a good part of a signature. */
const fitKeys = new WeakMap<CryptoKey, Set<string>>();

/** RFC 8725 §3.1: a key serves one algorithm. With its own hash or curve, a key of another one would verify, too. */
function requireKeyFor(alg: SigningAlgorithm, key: CryptoKey, usage: Usage): void {
  const fitFor = fitKeys.get(key) ?? new Set();
  if (fitFor.has(`${usage} ${alg}`)) return;
  if (!isKeyFor(alg, key, usage)) throw new TypeError(`the key is not one to ${usage} with ${alg}`);
  fitKeys.set(key, fitFor.add(`${usage} ${alg}`));
}

function isKeyFor(alg: SigningAlgorithm, { algorithm, usages }: CryptoKey, usage: Usage): boolean {
  const { scheme, crv, digest } = parametersOf(alg);
  const own: { name: string; namedCurve?: string; hash?: { name: string } } = algorithm;
  const isOfCurve = scheme !== 'ECDSA' || own.namedCurve === crv;
  const isOfHash = own.hash === undefined || own.hash.name === digest;
  return own.name === scheme && usages.includes(usage) && isOfCurve && isOfHash;
}
