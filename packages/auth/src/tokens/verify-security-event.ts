import { authError, type AuthError } from '../foundation/index.ts';
import { requireSigningAlgorithms, type SigningAlgorithm } from '../crypto/index.ts';
import {
  isOnlyAudience,
  requireIfPresent,
  requireIssuer,
  requireNotInFuture,
  requireNumericDate,
  requireString,
  type SignedClaims,
  type TimeOptions,
} from './claim-checks.ts';
import {
  type IssuerSubject,
  type SecurityEventClaims,
  TOKEN_CLAIMS_CHANGE,
  type TokenClaimsChange,
} from './claims.ts';
import { inspectToken, type ReportOptions } from './inspect-token.ts';
import { isJsonObject } from './strict-json.ts';
import type { VerificationKeys } from './keys/verification-keys.ts';
import { audienceError } from './verify-id-token.ts';
import { verifyJws } from './jws/verify-jws.ts';

export interface VerifySecurityEventOptions extends TimeOptions, ReportOptions {
  /** Compared character by character, in `iss` and in `sub_id`. */
  readonly issuer: string;
  /** The only audience: an event for several readers would be answered for all by one. */
  readonly clientId: string;
  /** The algorithms that this client registered; asymmetric only. */
  readonly algorithms: readonly SigningAlgorithm[];
  readonly keys: VerificationKeys;
}

/** As long as an access token may be, which carries the same permissions. */
const MAX_EVENT_LENGTH = 7 * 1024;

/**
 * Verifies a security event token for this client (RFC 8417, RFC 8935 §2). Its age refuses nothing: a site that was down
 * hears of a change hours later, and it is as true then. The caller compares `event_timestamp` with what it knows, so that
 * an older or repeated event changes nothing.
 *
 * @throws AuthError the codes of `verifyAccessToken` but for `token_expired`, and `security_event` for what only an event has.
 * @see CAEP 1.0 §3.2 and RFC 9493 §3.2.3
 * @example
 * ```ts
 * const { sub_id, events } = await verifySecurityEvent(token, { issuer, clientId, algorithms: ['ES256'], keys });
 * ```
 */
export async function verifySecurityEvent(
  token: string,
  options: VerifySecurityEventOptions,
): Promise<SecurityEventClaims> {
  requireSigningAlgorithms(options.algorithms);
  const { algorithms, keys } = options;
  const types = ['secevent+jwt'];
  return inspectToken(options, { kind: 'security-event', text: token, algorithms, types }, async (note) => {
    const { claims } = await verifyJws(token, {
      types,
      expected: 'a security event token (typ secevent+jwt)',
      maxLength: MAX_EVENT_LENGTH,
      algorithms,
      keys,
      prohibited: PROHIBITED,
    });
    note('iss', options.issuer, claims['iss']);
    requireIssuer(claims, options.issuer);
    note('aud', options.clientId, claims['aud']);
    if (!isOnlyAudience(claims, options.clientId)) throw audienceError(claims, options.clientId);
    note('iat', 'a time that has passed', claims['iat']);
    requireNotInFuture(claims, 'iat', options);
    requireIfPresent(claims, ['nbf'], (_claims, name) => requireNotInFuture(claims, name, options));
    note('events', 'one change of claims; no exp, sub or nonce', Object.keys(claims));
    requireNothingOfOtherTokens(claims);
    return toSecurityEventClaims(claims, options);
  });
}

function requireNothingOfOtherTokens(claims: SignedClaims): void {
  for (const name of PROHIBITED)
    if (Object.hasOwn(claims, name)) throw eventError(`carries ${name}, as only another kind of token may`);
}

/** RFC 8417 §2.2 advises against `exp`, and without `sub` and `nonce` no event passes for an ID or access token (T-15). */
const PROHIBITED: readonly string[] = ['exp', 'sub', 'nonce'];

function toSecurityEventClaims(
  claims: SignedClaims,
  options: VerifySecurityEventOptions,
): SecurityEventClaims {
  return {
    iss: requireString(claims, 'iss'),
    aud: options.clientId,
    iat: requireNumericDate(claims, 'iat'),
    jti: requireString(claims, 'jti'),
    sub_id: requireIssuerSubject(claims['sub_id'], options.issuer),
    events: { [TOKEN_CLAIMS_CHANGE]: requireChange(claims['events'], options) },
  };
}

/** A person of another issuer is none that this one may speak of. */
function requireIssuerSubject(subject: unknown, issuer: string): IssuerSubject {
  if (!isJsonObject(subject) || subject['format'] !== 'iss_sub')
    throw eventError('names nobody by a sub_id of the format iss_sub');
  if (subject['iss'] !== issuer) throw eventError('names a person of another issuer in sub_id');
  return { format: 'iss_sub', iss: issuer, sub: requireString(subject, 'sub') };
}

/** One event alone: of several, one would be heeded and the answer would stand for all. */
function requireChange(events: unknown, options: TimeOptions): TokenClaimsChange {
  const names = isJsonObject(events) ? Object.keys(events) : [];
  const event = isJsonObject(events) && names.length === 1 ? events[TOKEN_CLAIMS_CHANGE] : undefined;
  if (!isJsonObject(event)) throw eventError('has not exactly the event token-claims-change');
  const { claims } = event;
  if (!isJsonObject(claims)) throw eventError('says no claims that have changed');
  // Nobody's token would count until then.
  requireNotInFuture(event, 'event_timestamp', options);
  return { claims, event_timestamp: requireNumericDate(event, 'event_timestamp') };
}

function eventError(what: string): AuthError {
  return authError(
    'security_event',
    `the security event token ${what}: the provider must send a CAEP token-claims-change as RFC 8417 says`,
  );
}
