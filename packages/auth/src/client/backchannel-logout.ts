import { authError, isAuthError } from '../foundation/index.ts';
import { type LogoutTokenClaims, verifyLogoutToken } from '../tokens/index.ts';
import { readBody } from './read-body.ts';
import { privateJson, privateResponse } from './responses.ts';
import type { Site } from './site.ts';
import { spendOnce } from './spend.ts';

/** A logout token is a small JWT; nobody sends more in good faith (B-04). */
const MAX_BODY_BYTES = 16_384;

/** `POST /auth/backchannel-logout`: the provider says that a session ended (Back-Channel Logout 1.0 §2.5 to §2.8). */
export async function answerBackchannelLogout(site: Site, request: Request): Promise<Response> {
  try {
    const claims = await requireLogoutToken(site, await readToken(request));
    await revoke(site, claims);
    await requireFirstUse(site, claims);
    tell(site, claims);
    // §2.8: 200. Some providers take nothing else for a success.
    return privateResponse(null, { status: 200 });
  } catch (error) {
    if (!isAuthError(error)) throw error;
    const { code, message, transient } = error;
    site.observe({ type: 'logout.rejected', ...site.names, code, message });
    const body = { error: 'invalid_request', error_description: message };
    return privateJson(body, transient ? 503 : 400);
  }
}

async function readToken(request: Request): Promise<string> {
  const type = request.headers.get('content-type') ?? '';
  if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(type)) throw refused('the body must be a form');
  // A browser never makes this call; one that does was sent by a page (B-04).
  if (request.headers.has('origin') || request.headers.has('sec-fetch-site'))
    throw refused('it comes from a browser');
  const body = await readBody(request, MAX_BODY_BYTES);
  if (body === undefined) throw refused('the body is too large');
  const [token, ...more] = new URLSearchParams(body).getAll('logout_token');
  if (token === undefined || more.length > 0) throw refused('it holds no single logout_token');
  return token;
}

async function requireLogoutToken(site: Site, token: string): Promise<LogoutTokenClaims> {
  const { keys } = await site.provider.discover();
  const { issuer, clientId } = site.names;
  const { algorithms, clock } = site;
  return verifyLogoutToken(token, { issuer, clientId, algorithms, keys, clock });
}

/** Replay (B-02): a token is good for minutes, its jti for once. */
async function requireFirstUse(site: Site, claims: LogoutTokenClaims): Promise<void> {
  if (!(await spend(site, claims, 'done'))) throw refused('its jti was used before');
}

/** `begun` before the revocation and `done` after it: a store that fails between the two must not lose it (G16). */
const spend = (site: Site, { jti, exp }: LogoutTokenClaims, step: 'begun' | 'done') =>
  spendOnce(site, 'logout', `${jti} ${step}`, exp + 60);

/** The provider's clock may be this far behind ours, integer seconds. */
const TOLERANCE_SECONDS = 30;

/**
 * A provider session that ended stays ended, also for a login of it that is still on its way (B-07). A person may sign in
 * again: a token about all of their sessions means those of its own time, however late it arrives or how often.
 */
async function revoke(site: Site, claims: LogoutTokenClaims): Promise<void> {
  const now = site.clock();
  const until = now + site.lifetimes.absoluteSeconds;
  const latest = (await spend(site, claims, 'begun')) ? claims.iat + TOLERANCE_SECONDS : claims.iat;
  const at = claims.sid === undefined ? Math.min(now, latest) : until;
  await site.revocations.revoke({ issuer: site.issuer, ...named(claims), at, until });
}

function named({ sid, sub }: Pick<LogoutTokenClaims, 'sid' | 'sub'>): { sid?: string; sub?: string } {
  return { ...(sid === undefined ? {} : { sid }), ...(sub === undefined ? {} : { sub }) };
}

function tell(site: Site, claims: LogoutTokenClaims): void {
  const who = named(claims);
  site.observe({ type: 'logout.received', ...site.names, ...who });
  site.observe({ type: 'session.revoked', ...site.names, ...who });
}

const refused = (why: string) => authError('logout_token', `a back-channel logout is refused: ${why}`);
