import { allowedAccess } from '../../consent/consent-answer.ts';
import { impliedPermissions, type RequestedAccess } from '../../consent/requested-scopes.ts';
import { wholeAudiencesOf } from '../../access/grant-reach.ts';
import { OAuthError } from '../../http/oauth-error.ts';
import type { Provider } from '../../provider.ts';
import { randomId, sha256 } from '../../foundation/secrets.ts';
import type { Grant } from '../../store/index.ts';
import type { DecisionInput } from './decision-input.ts';

/** What a request is granted, before it has an id and a code. */
export type Allowance = Omit<Grant, 'id'>;

/**
 * Stores what was granted under a new single-use code, and returns the code (RFC 6749 §4.1.2). Of a grant that is there
 * already the code is replaced and the former one void. Undefined where that one was redeemed: no second code
 * follows; and where the session ended, or the consent was taken back, since it was read.
 */
export async function openGrant(
  { store, clock, lifetimes, observe }: Provider,
  allowed: Allowance,
  id: string,
): Promise<string | undefined> {
  const code = randomId(32);
  const expiresAt = clock() + lifetimes.codeSeconds;
  const grant = { ...allowed, id };
  if (!(await store.openGrant(grant, { hash: sha256(code), expiresAt }, clock()))) return undefined;
  const { clientId, sub, sessionId } = grant;
  await store.displaceGrants({ sessionId, clientId, ...GRANT_BOUNDS });
  observe({ type: 'authorization.granted', clientId, sub, sessionId, grantId: id });
  return code;
}

/**
 * F-14: how many grants a sign-on session has at once. Pages that ask with `prompt=none` over and over would fill the
 * database; the oldest make room, and a site that misses one asks again without a page.
 */
const GRANT_BOUNDS = { codes: 200, redeemed: 100 };

/** What the request is granted. @throws OAuthError for the client */
export function allowanceOf(provider: Provider, input: DecisionInput): Allowance {
  const { session } = input;
  if (!session) throw new OAuthError('server_error', 'a request without a session was granted');
  const { redirectUri, codeChallenge, dpopJkt, nonce, clientId } = input.request;
  const { sub, id: sessionId, authTime, acr, amr, expiresAt } = session;
  const granted = grantedAccess(provider, input);
  const { scope, resources, claims } = granted;
  const offline = scope.includes('offline_access');
  const refusedScope = refusedScopeOf(provider, input, granted);
  return {
    clientId,
    sub,
    sessionId,
    scope,
    resources,
    details: {
      redirectUri,
      codeChallenge,
      dpopJkt,
      nonce,
      authTime,
      acr,
      amr,
      claims,
      refusedScope,
      wholeAudiences: wholeAudiences(provider, input),
    },
    offline,
    byConsent: isByConsent(input),
    expiresAt: offline ? input.now + provider.lifetimes.offlineSeconds : expiresAt,
  };
}

/** A consent names all that it gives. */
function wholeAudiences({ access }: Provider, input: DecisionInput): 'everywhere' | readonly string[] {
  const { resources, scope, droppedScope = [] } = input.request;
  return isByConsent(input) ? [] : wholeAudiencesOf(access, resources, [...scope, ...droppedScope]);
}

/** A client of the operator’s own gets what it asks for, except where it had the person asked. */
function isByConsent({ client, consentedForRequest }: DecisionInput): boolean {
  return !client.firstParty || consentedForRequest;
}

/** All that was requested; where the person had to consent, the part of it that they allowed. */
function grantedAccess({ access }: Provider, input: DecisionInput): RequestedAccess {
  const { request, client, consent } = input;
  if (!isByConsent(input)) return request;
  if (!consent) throw new OAuthError('consent_required', 'the person has not been asked');
  const allowed = allowedAccess(access, client, request, consent);
  if (input.requestedScopes.length > 0 && allowed.scope.length === 0)
    throw new OAuthError('access_denied', 'the person allowed nothing of what was asked for');
  return allowed;
}

/** What was asked for and not granted: left out of the request, or refused by the person. */
function refusedScopeOf(
  { access }: Provider,
  { request, client }: DecisionInput,
  granted: RequestedAccess,
): readonly string[] | undefined {
  const withImplied = (one: RequestedAccess) => [...one.scope, ...impliedPermissions(access, client, one)];
  const kept = new Set(withImplied(granted));
  const asked = [...withImplied(request), ...(request.droppedScope ?? [])];
  const refused = asked.filter((name) => !kept.has(name));
  return refused.length > 0 ? refused : undefined;
}
