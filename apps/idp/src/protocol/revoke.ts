import type { Client } from '../clients/client.ts';
import { NO_STORE, OAuthError } from '../http/oauth-error.ts';
import { readSingleForm } from '../http/params.ts';
import type { RequestContext } from '../http/routes.ts';
import { CLOCK_TOLERANCE_SECONDS } from '../foundation/lifetimes.ts';
import type { Provider } from '../provider.ts';
import { requireClient } from './token/client-authentication.ts';
import { parseRefreshToken, type RefreshToken } from './token/refresh-token-format.ts';
import { readJti } from './token/jti.ts';

/**
 * The revocation endpoint (RFC 7009). A refresh token takes its whole family with it, and at this provider's own
 * endpoints the access tokens of its grant; an access token ends alone. APIs that verify tokens themselves notice
 * when those expire, ten minutes later at most. A token that is unknown, or over, is answered like one that was
 * revoked: there is nothing left to do.
 *
 * @throws OAuthError
 */
export async function revoke(provider: Provider, request: Request, from: RequestContext): Promise<Response> {
  const params = await readSingleForm(request);
  const client = await requireClient(provider, request, params, from);
  const token = params.get('token');
  if (token === undefined) throw new OAuthError('invalid_request', 'token is missing');
  // The two kinds differ in form, so `token_type_hint` has nothing to add (RFC 7009 §2.1).
  const refreshToken = parseRefreshToken(token);
  if (refreshToken) await revokeFamily(provider, client, refreshToken);
  else await revokeAccessToken(provider, client, token);
  return new Response(null, { headers: NO_STORE });
}

/** Any token of a family revokes it. An old one does too: that somebody still has it is a reason to end the family. */
async function revokeFamily(provider: Provider, client: Client, token: RefreshToken): Promise<void> {
  const { store, clock, observe } = provider;
  const family = await store.findRefreshTokenFamily(token.familyHash, clock());
  if (!family) return;
  requireHolder(client, family.grant.clientId);
  await store.revokeGrant(family.grant.id, clock());
  observe({ type: 'token.revoked', kind: 'refresh', clientId: client.clientId, grantId: family.grant.id });
}

async function revokeAccessToken(provider: Provider, client: Client, token: string): Promise<void> {
  const claims = await provider.accessTokens.find(token);
  if (!claims) return;
  requireHolder(client, claims.client_id);
  // Userinfo tolerates clocks that differ, so a token may count that much longer than it says.
  await provider.store.revokeToken(claims.jti, Math.ceil(claims.exp) + CLOCK_TOLERANCE_SECONDS);
  const { grantId } = readJti(claims.jti);
  provider.observe({ type: 'token.revoked', kind: 'access', clientId: client.clientId, grantId });
}

/** K-04: no client may end what another one holds (RFC 7009 §2.1). */
function requireHolder({ clientId }: Client, holder: string): void {
  if (clientId !== holder)
    throw new OAuthError('invalid_grant', 'the token was issued to another client', { status: 400 });
}
