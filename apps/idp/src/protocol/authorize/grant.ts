import { allowedOf } from '../../consent/consent-answer.ts';
import type { Wants } from '../../consent/requested-scopes.ts';
import { OAuthError } from '../../http/oauth-error.ts';
import type { Provider } from '../../provider.ts';
import { randomId, sha256 } from '../../foundation/secrets.ts';
import type { Grant, SignOnSession } from '../../store/index.ts';
import type { Situation } from './decision-steps.ts';

/** Stores what was granted under a new single-use code, and returns the code (RFC 6749 §4.1.2). */
export async function openGrant(provider: Provider, situation: Situation): Promise<string> {
  const { store, clock, lifetimes, observe } = provider;
  if (!situation.session) throw new OAuthError('server_error', 'a request without a session was granted');
  const code = randomId(32);
  const grant = grantOf(provider, situation, situation.session);
  await store.openGrant(grant, { hash: sha256(code), expiresAt: clock() + lifetimes.codeSeconds }, clock());
  const { clientId, sub, sid, id } = grant;
  observe({ type: 'authorization.granted', clientId, sub, sid, grantId: id });
  return code;
}

function grantOf(provider: Provider, situation: Situation, session: SignOnSession): Grant {
  const { redirectUri, codeChallenge, nonce, clientId } = situation.request;
  const { sub, sid, authTime, acr, amr, expiresAt } = session;
  const { scope, resources, claims } = grantedOf(provider, situation);
  const offline = scope.includes('offline_access');
  return {
    id: randomId(),
    clientId,
    sub,
    sid,
    scope,
    resources,
    details: { redirectUri, codeChallenge, nonce, authTime, acr, amr, claims },
    offline,
    expiresAt: offline ? situation.now + provider.lifetimes.offlineSeconds : expiresAt,
  };
}

/** What was asked for, or where there was a consent to give, what of it the person allowed. */
function grantedOf({ access }: Provider, situation: Situation): Wants {
  const { request, client, consent, isConsentFresh } = situation;
  if (client.firstParty && !isConsentFresh) return request;
  if (!consent) throw new OAuthError('consent_required', 'the person has not been asked');
  const allowed = allowedOf(access, client, request, consent);
  if (situation.asked.length > 0 && allowed.scope.length === 0)
    throw new OAuthError('access_denied', 'the person allowed nothing of what was asked for');
  return allowed;
}
