import { compactVerify, type CryptoKey } from 'jose';
import { authError, fromBase64url, isAuthError } from '../foundation/index.ts';
import { factsOf } from './algorithms.ts';
import { requireCompact, requireJsonObject, type CompactJws } from './compact.ts';
import { requireHeader, type HeaderRules, type JwsHeader } from './header.ts';
import type { VerificationKeys } from './verification-keys.ts';

export interface JwsRules extends HeaderRules {
  readonly keys: VerificationKeys;
  /** Longer tokens are refused unread. Characters. */
  readonly maxLength: number;
}

export interface VerifiedJws {
  readonly header: JwsHeader;
  /** Signed by the issuer; not yet compared with anything. */
  readonly claims: Record<string, unknown>;
}

/**
 * The steps that every kind of token passes first, in this order: form, type, algorithm, key, signature. Claims are
 * not even parsed before the signature holds, so no message tells a forger about them.
 */
export async function verifyJws(token: unknown, rules: JwsRules): Promise<VerifiedJws> {
  const jws = requireCompact(token, rules.maxLength);
  const header = requireHeader(requireJsonObject(fromBase64url(jws.header), 'header'), rules);
  const key = await rules.keys({ alg: header.alg, kid: header.kid });
  const payload = await requireSignature(jws, header, key);
  return { header, claims: requireJsonObject(payload, 'payload') };
}

/** The payload's bytes, once the signature over them holds. */
async function requireSignature(
  jws: CompactJws,
  { alg, algorithm }: JwsHeader,
  key: CryptoKey,
): Promise<Uint8Array> {
  try {
    requireSignatureLength(jws.signature, factsOf(algorithm).signatureBytes);
    return (await compactVerify(jws.text, key, { algorithms: [alg] })).payload;
  } catch (cause) {
    if (isAuthError(cause)) throw cause;
    throw invalidSignature(cause);
  }
}

/** RFC 7518 §3.4: R and S side by side, each padded to the curve's size; DER or cut-off forms are none of it. */
function requireSignatureLength(signature: string, bytes: number | undefined): void {
  if (signature === '' || (bytes !== undefined && signature.length !== Math.ceil((bytes * 4) / 3))) {
    throw invalidSignature();
  }
}

function invalidSignature(cause?: unknown) {
  return authError(
    'token_signature',
    'the signature does not match: the token was altered or signed by another key',
    { cause },
  );
}
