import { authError, CLOCK_TOLERANCE_SECONDS, isAuthError } from '../../foundation/index.ts';
import { consumeOnce, toPersonOrder } from '../../session/index.ts';
import { type LogoutTokenClaims, verifyLogoutToken } from '../../tokens/index.ts';
import { readBody } from '../http/read-body.ts';
import { noStoreJson, noStoreResponse } from '../http/responses.ts';
import type { Site } from '../site.ts';

/** A logout token is a small JWT: a longer body is no honest one (B-04). */
const MAX_BODY_BYTES = 16_384;

/** `POST /auth/backchannel-logout`: the provider says that a session ended (Back-Channel Logout 1.0 §2.5 to §2.8). */
export async function handleBackchannelLogout(site: Site, request: Request): Promise<Response> {
  try {
    const claims = await requireLogoutToken(site, await readLogoutToken(request));
    await revokeSessions(site, claims);
    await requireFirstUse(site, claims);
    observeLogout(site, claims);
    // §2.8: 200. Some providers take nothing else for a success.
    return noStoreResponse(null, { status: 200 });
  } catch (error) {
    if (!isAuthError(error)) throw error;
    const { code, message, transient } = error;
    site.observe({ type: 'logout.rejected', ...site.names, code, message });
    const body = { error: 'invalid_request', error_description: message };
    return noStoreJson(body, transient ? 503 : 400);
  }
}

async function readLogoutToken(request: Request): Promise<string> {
  const type = request.headers.get('content-type') ?? '';
  if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(type)) throw refusal('the body must be a form');
  // The provider's server makes this call. A browser would make it only for some page (B-04).
  if (request.headers.has('origin') || request.headers.has('sec-fetch-site'))
    throw refusal('it comes from a browser');
  const body = await readBody(request, MAX_BODY_BYTES);
  if (body === undefined) throw refusal('the body is too large');
  const [token, ...more] = new URLSearchParams(body).getAll('logout_token');
  if (token === undefined || more.length > 0) throw refusal('it holds no single logout_token');
  return token;
}

async function requireLogoutToken(site: Site, token: string): Promise<LogoutTokenClaims> {
  const { keys } = await site.provider.discover();
  const { issuer, clientId } = site.names;
  const { algorithms, clock, options } = site;
  const { trustedAudiences } = options;
  const report = site.details?.report;
  return verifyLogoutToken(token, { issuer, clientId, trustedAudiences, algorithms, keys, clock, report });
}

/** Replay (B-02): a token is valid for minutes, its `jti` counts once. */
async function requireFirstUse(site: Site, claims: LogoutTokenClaims): Promise<void> {
  if (!(await consumeJti(site, claims, 'done'))) throw refusal('its jti was used before');
}

/**
 * `begun` is consumed before the revocation and `done` after it: a token whose revocation the store failed to take is
 * not lost, and may be sent again (G16).
 */
const consumeJti = (site: Site, { jti, exp }: LogoutTokenClaims, step: 'begun' | 'done') =>
  consumeOnce(site, 'logout', `${jti} ${step}`, Math.ceil(exp) + 2 * CLOCK_TOLERANCE_SECONDS);

/**
 * A provider session that ended stays ended, also for a login of it that is still on its way (B-07). A token about all
 * sessions of a person ends those whose ID token is older than it, however late or often it arrives: the person may sign in
 * again. Both times are the provider's; within one second the arrival here decides.
 */
async function revokeSessions(site: Site, claims: LogoutTokenClaims): Promise<void> {
  const now = site.clock();
  const until = now + site.lifetimes.absoluteSeconds;
  const arrivedAt = site.memory.arrivals();
  const isFirst = await consumeJti(site, claims, 'begun');
  // The provider's clock may be behind ours. A repeated token gets no such tolerance.
  const iat = Math.floor(claims.iat);
  const latest = isFirst ? iat + CLOCK_TOLERANCE_SECONDS : iat;
  const at = claims.sid === undefined ? Math.min(now, latest) : until;
  // A repeated token ends what was older than its second, and nothing of that second.
  const order = isFirst ? toPersonOrder(claims.iat, arrivedAt) : toPersonOrder(claims.iat - 1, arrivedAt);
  const who = claims.sid === undefined ? { ...subjectOf(claims), order } : subjectOf(claims);
  await site.revocations.revoke({ issuer: site.issuer, ...who, at, until });
}

function subjectOf({ sid, sub }: Pick<LogoutTokenClaims, 'sid' | 'sub'>): { sid?: string; sub?: string } {
  return { ...(sid === undefined ? {} : { sid }), ...(sub === undefined ? {} : { sub }) };
}

function observeLogout(site: Site, claims: LogoutTokenClaims): void {
  const subject = subjectOf(claims);
  site.observe({ type: 'logout.received', ...site.names, ...subject });
  site.observe({ type: 'session.revoked', ...site.names, ...subject });
}

const refusal = (why: string) => authError('logout_token', `a back-channel logout is refused: ${why}`);
