import type { AuthorizationRequest } from '../../pending.ts';
import type { Provider } from '../../provider.ts';
import { randomId, sha256 } from '../../secrets.ts';
import type { Grant, SignOnSession } from '../../store/index.ts';

/** Stores what was granted under a new single-use code, and returns the code (RFC 6749 §4.1.2). */
export async function openGrant(
  provider: Provider,
  request: AuthorizationRequest,
  session: SignOnSession,
): Promise<string> {
  const { store, clock, lifetimes, observe } = provider;
  const code = randomId(32);
  const grant = grantOf(request, session);
  await store.openGrant(grant, { hash: sha256(code), expiresAt: clock() + lifetimes.codeSeconds }, clock());
  const { clientId, sub, sid, id } = grant;
  observe({ type: 'authorization.granted', clientId, sub, sid, grantId: id });
  return code;
}

function grantOf(request: AuthorizationRequest, session: SignOnSession): Grant {
  const { redirectUri, codeChallenge, nonce, claims } = request;
  const { sub, sid, authTime, acr, amr, expiresAt } = session;
  return {
    id: randomId(),
    clientId: request.clientId,
    sub,
    sid,
    scope: request.scope,
    resources: request.resources,
    details: { redirectUri, codeChallenge, nonce, authTime, acr, amr, claims },
    offline: false,
    expiresAt,
  };
}
