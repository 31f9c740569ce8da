import { toBase64url, type AuthErrorCode } from '../../foundation/index.ts';
import type { SigningAlgorithm, SigningKey } from '../../tokens/index.ts';

/** How a token differs from a correct one. */
export interface Forgery {
  /** Header members to set; `undefined` removes one. */
  readonly header?: Readonly<Record<string, unknown>>;
  /** Claims to set; `undefined` removes one. */
  readonly claims?: Readonly<Record<string, unknown>>;
  /** Rewrites the header's JSON text: duplicates, garbage. */
  readonly headerText?: (right: string) => string;
  /** Rewrites the payload's JSON text. */
  readonly payloadText?: (right: string) => string;
  /** Who signs. Default: the issuer's own key. `nobody` leaves the signature empty; a secret makes an HS256 one. */
  readonly signer?: SigningKey | 'nobody' | { readonly secret: string | Uint8Array };
}

/** A forged token: what is wrong with it, how to make it, and the error code that a verifier must refuse it with. */
export type ForgeryRow = readonly [what: string, forgery: Forgery, code: AuthErrorCode];

/** The correct token that a forgery starts from. */
export interface RightToken {
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly signer: SigningKey;
}

/** Signs any header and claims as a compact JWS. For tests of refusals only. */
export async function forge(right: RightToken, forgery: Forgery = {}): Promise<string> {
  const { headerText = same, payloadText = same } = forgery;
  const header = headerText(JSON.stringify({ ...right.header, ...forgery.header }));
  const payload = payloadText(JSON.stringify({ ...right.claims, ...forgery.claims }));
  const input = `${encode(header)}.${encode(payload)}`;
  const signature = await signBytes(new TextEncoder().encode(input), forgery.signer ?? right.signer);
  return `${input}.${toBase64url(signature)}`;
}

const same = (text: string) => text;
const encode = (text: string) => toBase64url(new TextEncoder().encode(text));

async function signBytes(
  bytes: Uint8Array<ArrayBuffer>,
  signer: NonNullable<Forgery['signer']>,
): Promise<Uint8Array> {
  if (signer === 'nobody') return new Uint8Array();
  const [algorithm, key] = 'secret' in signer ? await hmacKey(signer.secret) : asymmetricKey(signer);
  return new Uint8Array(await crypto.subtle.sign(algorithm, key, bytes));
}

type Signing = readonly [algorithm: AlgorithmIdentifier | EcdsaParams | RsaPssParams, key: CryptoKey];

async function hmacKey(secret: string | Uint8Array): Promise<Signing> {
  const bytes = new Uint8Array(typeof secret === 'string' ? new TextEncoder().encode(secret) : secret);
  return [
    'HMAC',
    await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']),
  ];
}

function asymmetricKey({ alg, privateKey }: SigningKey): Signing {
  return [parametersOf(alg), privateKey];
}

/** WebCrypto's name for each algorithm (RFC 7518 §3.1, RFC 8037 §3.1). */
function parametersOf(alg: SigningAlgorithm): Signing[0] {
  const bits = alg.slice(2);
  if (alg.startsWith('ES')) return { name: 'ECDSA', hash: `SHA-${bits}` };
  if (alg.startsWith('PS')) return { name: 'RSA-PSS', saltLength: Number(bits) / 8 };
  return alg.startsWith('RS') ? 'RSASSA-PKCS1-v1_5' : 'Ed25519';
}
