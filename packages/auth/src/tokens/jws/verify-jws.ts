import type { CryptoKey } from 'jose';
import { decodeBytes, isSignatureOf } from '../../crypto/index.ts';
import { authError } from '../../foundation/index.ts';
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
  const header = requireJwsHeader(requireJsonObject(decodeBytes(jws.header), 'header'), rules);
  const key = await rules.keys({ alg: header.alg, kid: header.kid });
  await requireSignature(jws, header, key);
  const payload = requireJsonObject(decodeBytes(jws.payload), 'payload');
  return { header, claims: withoutNulls(payload, rules.prohibited) };
}

/** Some issuers write null for a claim that they don't have. A required one is missing then. */
function withoutNulls(
  claims: Readonly<Record<string, unknown>>,
  prohibited: readonly string[] = [],
): Record<string, unknown> {
  if (!Object.values(claims).includes(null)) return { ...claims };
  const present = Object.entries(claims).filter(
    ([name, value]) => value !== null || prohibited.includes(name),
  );
  return Object.fromEntries(present);
}

/** @throws AuthError `token_signature`, also where the key is not one of the algorithm */
export async function requireSignature(
  { header, payload, signature }: CompactJws,
  { algorithm }: JwsHeader,
  key: CryptoKey,
): Promise<void> {
  const text = `${header}.${payload}`;
  const isOwn = await isSignatureOf(algorithm, key, signature, text).catch((cause: unknown) => {
    throw signatureError(cause);
  });
  if (!isOwn) throw signatureError();
}

function signatureError(cause?: unknown) {
  return authError(
    'token_signature',
    'the signature does not match: the token was altered or signed by another key',
    { cause },
  );
}
