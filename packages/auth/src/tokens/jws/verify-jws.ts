import { compactVerify, type CryptoKey } from 'jose';
import { authError, fromBase64url, isAuthError } from '../../foundation/index.ts';
import { parametersOf } from '../algorithms.ts';
import { requireCompactJws, requireJsonObject, type CompactJws } from './compact-jws.ts';
import { requireJwsHeader, type HeaderRules, type JwsHeader } from './jws-header.ts';
import type { VerificationKeys } from '../keys/verification-keys.ts';

export interface JwsRules extends HeaderRules {
  readonly keys: VerificationKeys;
  /** Longer tokens are refused before they are decoded. Characters. */
  readonly maxLength: number;
  /** Claims that the caller refuses whatever their value, null included. */
  readonly prohibited?: readonly string[];
}

export interface VerifiedJws {
  readonly header: JwsHeader;
  /** Signed by the issuer, and not checked further. */
  readonly claims: Record<string, unknown>;
}

/**
 * The checks that every kind of token passes first, in this order: form, type, algorithm, key, signature. The payload is
 * parsed only after the signature was verified, so that error messages tell a forger nothing about it.
 */
export async function verifyJws(token: unknown, rules: JwsRules): Promise<VerifiedJws> {
  const jws = requireCompactJws(token, rules.maxLength);
  const header = requireJwsHeader(requireJsonObject(fromBase64url(jws.header), 'header'), rules);
  const key = await rules.keys({ alg: header.alg, kid: header.kid });
  const payload = await requireSignature(jws, header, key);
  return { header, claims: withoutNulls(requireJsonObject(payload, 'payload'), rules.prohibited) };
}

/** Some issuers write null for a claim that they don't have. A required one is missing then. */
function withoutNulls(
  claims: Readonly<Record<string, unknown>>,
  prohibited: readonly string[] = [],
): Record<string, unknown> {
  const present = Object.entries(claims).filter(
    ([name, value]) => value !== null || prohibited.includes(name),
  );
  return Object.fromEntries(present);
}

/** @returns the payload, whose signature is verified */
async function requireSignature(
  jws: CompactJws,
  { alg, algorithm }: JwsHeader,
  key: CryptoKey,
): Promise<Uint8Array> {
  try {
    requireSignatureLength(jws.signature, parametersOf(algorithm).signatureBytes);
    return (await compactVerify(jws.text, key, { algorithms: [alg] })).payload;
  } catch (cause) {
    if (isAuthError(cause)) throw cause;
    throw signatureError(cause);
  }
}

/** RFC 7518 §3.4: R and S, each padded to the curve's size. DER and shortened forms have another length. */
function requireSignatureLength(signature: string, bytes: number | undefined): void {
  if (signature === '' || (bytes !== undefined && signature.length !== Math.ceil((bytes * 4) / 3))) {
    throw signatureError();
  }
}

function signatureError(cause?: unknown) {
  return authError(
    'token_signature',
    'the signature does not match: the token was altered or signed by another key',
    { cause },
  );
}
