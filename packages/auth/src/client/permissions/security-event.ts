import { authError, type AuthError, type AuthErrorCode, isAuthError } from '../../foundation/index.ts';
import { type SecurityEventClaims, TOKEN_CLAIMS_CHANGE, verifySecurityEvent } from '../../tokens/index.ts';
import { readBody } from '../http/read-body.ts';
import { noStoreJson, noStoreResponse } from '../http/responses.ts';
import type { Site } from '../site.ts';

/** A security event token is a small JWT: a longer body is no honest one (N-04). */
const MAX_BODY_BYTES = 16_384;

/**
 * `POST /auth/security-events`: the provider says that somebody's permissions have changed (RFC 8935 §2, CAEP
 * `token-claims-change`). 202 also for an event that came before, or that a later one has overtaken: neither changes anything
 * (N-02). 404 where the site's revocation store can't keep changes.
 */
export async function handleSecurityEvent(site: Site, request: Request): Promise<Response> {
  const { changePermissions } = site.revocations;
  if (!changePermissions) return noStoreResponse(null, { status: 404 });
  try {
    const claims = await requireSecurityEvent(site, await readToken(request));
    const change = changeOf(site, claims);
    const isNews = await changePermissions(change);
    const { sub, at: changedAt } = change;
    site.observe({ type: 'permissions.changed', ...site.names, sub, jti: claims.jti, changedAt, isNews });
    return noStoreResponse(null, { status: 202 });
  } catch (error) {
    if (!isAuthError(error)) throw error;
    return refuse(site, error);
  }
}

async function readToken(request: Request): Promise<string> {
  const type = request.headers.get('content-type') ?? '';
  if (!/^application\/secevent\+jwt\s*(;|$)/i.test(type))
    throw refusal('the body must be application/secevent+jwt');
  // The provider's server makes this call. A browser would make it only for some page (N-04).
  if (request.headers.has('origin') || request.headers.has('sec-fetch-site'))
    throw refusal('it comes from a browser');
  const body = await readBody(request, MAX_BODY_BYTES);
  if (body === undefined) throw refusal('the body is too large');
  return body;
}

async function requireSecurityEvent(site: Site, token: string): Promise<SecurityEventClaims> {
  const { keys } = await site.provider.discover();
  const { issuer, clientId } = site.names;
  const { algorithms, clock } = site;
  const report = site.details?.report;
  return verifySecurityEvent(token, { issuer, clientId, algorithms, keys, clock, report });
}

/** A session that holds a token from before the change was opened by now, and lives no longer than this. */
function changeOf(site: Site, { iss: issuer, sub_id, events }: SecurityEventClaims) {
  const at = Math.floor(events[TOKEN_CLAIMS_CHANGE].event_timestamp);
  return { issuer, sub: sub_id.sub, at, until: site.clock() + site.lifetimes.absoluteSeconds };
}

/** RFC 8935 §2.4: what a provider may do about a refusal. All other codes are `invalid_request`. */
const ERR: Partial<Record<AuthErrorCode, string>> = {
  token_issuer: 'invalid_issuer',
  token_audience: 'invalid_audience',
  token_algorithm: 'invalid_key',
  token_key_unknown: 'invalid_key',
  token_signature: 'authentication_failed',
};

function refuse(site: Site, { code, message, transient }: AuthError): Response {
  site.observe({ type: 'event.rejected', ...site.names, code, message });
  // A store or a provider that is away is no fault of the token: it is to be sent again.
  const body = { err: ERR[code] ?? 'invalid_request', description: message };
  return noStoreJson(body, transient ? 503 : 400);
}

const refusal = (why: string) => authError('security_event', `a security event is refused: ${why}`);
