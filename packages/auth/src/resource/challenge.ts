import {
  isAuthError,
  RETRY_AFTER_SECONDS,
  stepUpParameters,
  type AuthError,
  type AuthErrorCode,
} from '../foundation/index.ts';
import { findScheme, type TokenScheme } from './bearer.ts';
import type { ProofRules } from './dpop-options.ts';

/** What one error looks like on the wire. `error` goes into the challenge only where RFC 6750 §3.1, RFC 9449 §7.1 or RFC 9470 §3 defines it. */
interface WireError {
  readonly status: 400 | 401 | 403 | 503;
  readonly error: string;
}

const invalidToken: WireError = { status: 401, error: 'invalid_token' };
const insufficientScope: WireError = { status: 403, error: 'insufficient_scope' };
const unavailable: WireError = { status: 503, error: 'temporarily_unavailable' };

/** The one mapping from this package's errors to an API's answers. Errors that aren't listed don't concern bearer tokens. */
const wireErrors: Partial<Record<AuthErrorCode, WireError>> = {
  bearer_missing: { status: 401, error: 'unauthorized' },
  bearer_malformed: { status: 400, error: 'invalid_request' },
  token_malformed: invalidToken,
  token_type: invalidToken,
  token_algorithm: invalidToken,
  token_key_unknown: invalidToken,
  token_signature: invalidToken,
  token_issuer: invalidToken,
  token_audience: invalidToken,
  token_expired: invalidToken,
  token_not_yet_valid: invalidToken,
  token_claim: invalidToken,
  token_revoked: invalidToken,
  token_outdated: invalidToken,
  token_binding: invalidToken,
  dpop_proof_invalid: { status: 401, error: 'invalid_dpop_proof' },
  dpop_proof_replayed: { status: 401, error: 'invalid_dpop_proof' },
  dpop_nonce_required: { status: 401, error: 'use_dpop_nonce' },
  scope_insufficient: insufficientScope,
  permission_insufficient: insufficientScope,
  actor_refused: insufficientScope,
  proof_insufficient: { status: 401, error: 'insufficient_user_authentication' },
  keys_unavailable: unavailable,
  discovery_failed: unavailable,
  discovery_mismatch: unavailable,
  provider_unavailable: unavailable,
  store_unavailable: unavailable,
};

export interface ChallengeOptions {
  readonly realm: string;
  /** Where a page explains a code; no `error_uri` is sent without it. */
  readonly errorUri?: ((code: AuthErrorCode) => string) | undefined;
  /** What the API asks of proofs, where it takes bound tokens. */
  readonly rules?: ProofRules | undefined;
}

/**
 * The answer to a request whose token was refused: status, `WWW-Authenticate` (RFC 6750 §3, RFC 9449 §7.1) and a body of
 * problem details (RFC 9457) with the same `error`, and with what is missing: `scope`, `max_age`, `acr_values`. Never cached.
 *
 * @param request whose scheme the error is told to, where the API takes both
 * @throws the error itself when it is not about a token.
 */
export async function challenge(
  error: unknown,
  { realm, errorUri, rules }: ChallengeOptions,
  request?: Pick<Request, 'headers'>,
): Promise<Response> {
  const wire = isAuthError(error) ? wireErrors[error.code] : undefined;
  if (!wire || !isAuthError(error)) throw error;
  const details: Details = {
    error_description: printable(error.message),
    ...(errorUri && { error_uri: printable(errorUri(error.code)) }),
  };
  const headers = new Headers({ 'cache-control': 'no-store' });
  if (wire.status === 503) headers.set('retry-after', String(RETRY_AFTER_SECONDS));
  else headers.set('www-authenticate', toChallenges(error, { wire, realm, details, rules, request }));
  if (rules?.nonces && wire.status !== 503) headers.set('dpop-nonce', await rules.nonces.current());
  headers.set('content-type', 'application/problem+json');
  return new Response(JSON.stringify(toProblem(error, wire, details)), { status: wire.status, headers });
}

/** The status in words, which is the title of a problem whose `type` is `about:blank` (RFC 9457 §4.2.1). */
const TITLES: Readonly<Record<WireError['status'], string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  503: 'Service Unavailable',
};

function toProblem(
  { scope, stepUp = {} }: AuthError,
  { status, error }: WireError,
  details: Details,
): object {
  const { max_age, acr_values } = stepUpParameters(stepUp);
  return {
    type: details.error_uri ?? 'about:blank',
    title: TITLES[status],
    status,
    detail: details.error_description,
    error,
    ...(scope !== undefined && { scope }),
    ...(max_age !== undefined && { max_age: Number(max_age) }),
    ...(acr_values !== undefined && { acr_values }),
  };
}

/** What goes into the challenge, in quotes, and into the body. */
interface Details {
  readonly error_description: string;
  readonly error_uri?: string;
}

interface ChallengeParts {
  readonly wire: WireError;
  readonly realm: string;
  readonly details: Details;
  readonly rules: ProofRules | undefined;
  readonly request: Pick<Request, 'headers'> | undefined;
}

/** One challenge for each scheme that the API takes (RFC 9449 §7.1). The error stands in that of the request's own scheme. */
function toChallenges(error: AuthError, parts: ChallengeParts): string {
  const { rules, request } = parts;
  const taken: readonly TokenScheme[] = rules?.required ? ['DPoP'] : rules ? ['Bearer', 'DPoP'] : ['Bearer'];
  const used =
    (request && findScheme(request.headers)) ?? (error.code.startsWith('dpop_') ? 'DPoP' : 'Bearer');
  const told = taken.includes(used) ? used : taken[0];
  return taken
    .map((scheme) => {
      const own = [...(scheme === told ? errorParts(error, parts) : []), ...algorithmParts(scheme, rules)];
      return `${scheme} ${[`realm="${parts.realm}"`, ...own].join(', ')}`;
    })
    .join(', ');
}

/** RFC 9449 §7.1: which algorithms proofs may be signed with. */
function algorithmParts(scheme: TokenScheme, rules: ProofRules | undefined): readonly string[] {
  return scheme === 'DPoP' && rules ? [`algs="${rules.algorithms.join(' ')}"`] : [];
}

/** RFC 6750 §3.1: a request without any token gets a challenge without an error code. */
function errorParts(
  { code, scope, stepUp = {} }: AuthError,
  { wire, details }: ChallengeParts,
): readonly string[] {
  const parts: string[] = [];
  const reason = Object.entries(details).map(([name, value]) => `${name}="${value}"`);
  if (code !== 'bearer_missing') parts.push(`error="${wire.error}"`, ...reason);
  if (wire.status === 403 && scope !== undefined) parts.push(`scope="${printable(scope)}"`);
  for (const [name, value] of Object.entries(stepUpParameters(stepUp)))
    parts.push(`${name}="${printable(value)}"`);
  return parts;
}

/** RFC 6750 §3: printable ASCII without quotes and backslashes, so that no value can end the parameter. */
function printable(text: string): string {
  return text
    .replaceAll('"', "'")
    .replaceAll('…', '...')
    .replaceAll(/[^\x20-\x7E]|\\/g, '?');
}
