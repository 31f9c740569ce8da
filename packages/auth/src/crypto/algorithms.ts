import { authError } from '../foundation/index.ts';

/** Asymmetric algorithms only: with a shared secret every verifier could also sign (RFC 8725 §3.1). */
export type SigningAlgorithm =
  | 'ES256'
  | 'ES384'
  | 'ES512'
  | 'RS256'
  | 'RS384'
  | 'RS512'
  | 'PS256'
  | 'PS384'
  | 'PS512'
  | 'EdDSA';

export type HashName = 'SHA-256' | 'SHA-384' | 'SHA-512';

interface AlgorithmParameters {
  /** As WebCrypto names it. */
  readonly scheme: 'ECDSA' | 'RSASSA-PKCS1-v1_5' | 'RSA-PSS' | 'Ed25519';
  readonly kty: 'EC' | 'RSA' | 'OKP';
  readonly crv?: string;
  /** The digest whose left half is `at_hash` (OIDC Core §3.1.3.6). */
  readonly digest: HashName;
  /** The length of a signature; an RSA signature is as long as its key. */
  readonly signatureBytes?: number;
}

const algorithms: Readonly<Record<SigningAlgorithm, AlgorithmParameters>> = {
  ES256: { scheme: 'ECDSA', kty: 'EC', crv: 'P-256', digest: 'SHA-256', signatureBytes: 64 },
  ES384: { scheme: 'ECDSA', kty: 'EC', crv: 'P-384', digest: 'SHA-384', signatureBytes: 96 },
  ES512: { scheme: 'ECDSA', kty: 'EC', crv: 'P-521', digest: 'SHA-512', signatureBytes: 132 },
  RS256: { scheme: 'RSASSA-PKCS1-v1_5', kty: 'RSA', digest: 'SHA-256' },
  RS384: { scheme: 'RSASSA-PKCS1-v1_5', kty: 'RSA', digest: 'SHA-384' },
  RS512: { scheme: 'RSASSA-PKCS1-v1_5', kty: 'RSA', digest: 'SHA-512' },
  PS256: { scheme: 'RSA-PSS', kty: 'RSA', digest: 'SHA-256' },
  PS384: { scheme: 'RSA-PSS', kty: 'RSA', digest: 'SHA-384' },
  PS512: { scheme: 'RSA-PSS', kty: 'RSA', digest: 'SHA-512' },
  EdDSA: { scheme: 'Ed25519', kty: 'OKP', crv: 'Ed25519', digest: 'SHA-512', signatureBytes: 64 },
};

export function isSigningAlgorithm(alg: unknown): alg is SigningAlgorithm {
  return typeof alg === 'string' && Object.hasOwn(algorithms, alg);
}

/** All algorithms, the most common one of each key type first. */
export const signingAlgorithms: readonly SigningAlgorithm[] =
  Object.keys(algorithms).filter(isSigningAlgorithm);

export function parametersOf(alg: SigningAlgorithm): AlgorithmParameters {
  return algorithms[alg];
}

/** The algorithm that a header or a key names. RFC 9864 calls EdDSA with this curve `Ed25519`. */
export function findAlgorithm(name: unknown): SigningAlgorithm | undefined {
  if (name === 'Ed25519') return 'EdDSA';
  return isSigningAlgorithm(name) ? name : undefined;
}

/** @throws AuthError `config_invalid` for an empty list, a symmetric algorithm or `none`. */
export function requireSigningAlgorithms(list: readonly string[]): void {
  const unfit = list.find((alg) => !isSigningAlgorithm(alg));
  if (list.length > 0 && unfit === undefined) return;
  throw authError(
    'config_invalid',
    `algorithms must list asymmetric ones (ES256, RS256, PS256, EdDSA …); got ${unfit ?? 'an empty list'}`,
  );
}
