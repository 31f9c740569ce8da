import { isAuthError, RETRY_AFTER_SECONDS } from '../../foundation/index.ts';
import type { CookieChange, Session } from '../../session/index.ts';
import { verifyDpopProof } from '../../tokens/index.ts';
import type { BoundTokenRefusal } from '../../wire/index.ts';
import { readBody } from '../http/read-body.ts';
import { noStoreJson } from '../http/responses.ts';
import { isSameOrigin } from '../http/same-origin.ts';
import { updateSession } from '../refresh/update-session.ts';
import type { Site } from '../site.ts';
import { type BoundExchange, exchangeBoundToken, type RelayedProof } from './bound-exchange.ts';

/** A proof and the name of an audience. */
const MAX_BODY_BYTES = 8192;

/**
 * `POST /auth/bound-token`: a token for an API of another site, bound to a key of the page that asks (RFC 9449 §5). The page
 * makes the proof for the provider's token endpoint, the site relays it, and the provider's nonce back. Only for pages of
 * this site, for somebody who is signed in, and for the audiences that `browserAudiences` lists; 404 where it lists none.
 */
export async function handleBoundToken(site: Site, request: Request): Promise<Response> {
  const { browserAudiences: audiences = [] } = site.options;
  if (audiences.length === 0) return refuse(404, { error: 'not_found' });
  if (!isSameOrigin(site, request)) return refuse(403, { error: 'csrf' });
  const asked = await readRequest(request);
  if (!asked) return refuse(400, { error: 'invalid_request' });
  const { audience, proof } = asked;
  if (!audiences.includes(audience)) return refuse(403, { error: 'invalid_target' });
  const { session, cookies } = await updateSession(site, request.headers.get('cookie'));
  if (!session) return refuse(401, { error: 'session_invalid' }, cookies);
  try {
    return await relay(site, { session, cookies, audience, proof });
  } catch (error) {
    if (!isAuthError(error)) throw error;
    if (!error.transient) return refuse(403, { error: error.code }, cookies);
    const response = refuse(503, { error: 'temporarily_unavailable' }, cookies);
    response.headers.set('retry-after', String(RETRY_AFTER_SECONDS));
    return response;
  }
}

interface Asked {
  readonly audience: string;
  readonly proof: string | undefined;
}

async function readRequest(request: Request): Promise<Asked | undefined> {
  // A foreign page's form can send any text, and no JSON by that name (CSRF, beside the check of the origin).
  if (!/^application\/json\s*(;|$)/i.test(request.headers.get('content-type') ?? '')) return undefined;
  try {
    const body: Partial<Record<string, unknown>> = Object(
      JSON.parse((await readBody(request, MAX_BODY_BYTES)) ?? ''),
    );
    const { audience, proof } = body;
    const isProof = proof === undefined || typeof proof === 'string';
    return typeof audience === 'string' && isProof ? { audience, proof } : undefined;
  } catch {
    return undefined; // no JSON
  }
}

interface Relay extends Asked {
  readonly session: Session;
  readonly cookies: readonly CookieChange[];
}

async function relay(site: Site, { session, cookies, audience, proof }: Relay): Promise<Response> {
  const { metadata } = await site.provider.discover();
  const { token_endpoint } = metadata;
  const hint = { ...(token_endpoint !== undefined && { token_endpoint }), now: site.clock() };
  const verified = await findProof(site, token_endpoint, proof);
  const found: BoundExchange = verified
    ? await exchangeBoundToken(site, session, audience, verified)
    : { kind: 'refused', error: 'invalid_dpop_proof', nonce: undefined };
  const { nonce } = found;
  const response =
    found.kind === 'token'
      ? noStoreJson(found.token, 200, cookies)
      : refuse(400, { error: found.error, ...hint, ...(nonce !== undefined && { nonce }) }, cookies);
  if (nonce !== undefined) response.headers.set('dpop-nonce', nonce);
  return response;
}

/** Looked at here already, so that what is bound is the key that was proved, and a useless proof costs the provider nothing. */
async function findProof(
  { clock }: Site,
  url: string | undefined,
  text: string | undefined,
): Promise<RelayedProof | undefined> {
  if (url === undefined || text === undefined) return undefined;
  try {
    const { jkt } = await verifyDpopProof(text, { method: 'POST', url, algorithms: ['ES256'], clock });
    return { jkt, text };
  } catch (error) {
    if (!isAuthError(error)) throw error;
    return undefined;
  }
}

function refuse(status: number, refusal: BoundTokenRefusal, cookies: readonly CookieChange[] = []): Response {
  return noStoreJson(refusal, status, cookies);
}
