import { verifyAccessToken } from '@sso/auth/tokens';
import { NO_STORE } from '../http/oauth-error.ts';
import { claimsOf } from '../identity/claims.ts';
import type { Provider } from '../provider.ts';
import { grantIdOf } from './token/issue.ts';

type Handler = (request: Request) => Promise<Response>;

/**
 * Userinfo (OIDC Core §5.3): an API like any other whose audience is the issuer, so that a token for a shop's API
 * opens nothing here. Beyond signature and time the grant has to stand: sign-out, revocation and a disabled
 * account count at once (T-36, T-38).
 */
export function createUserinfo(provider: Provider): Handler {
  const { issuer, keys, clock, store } = provider;
  return async (request) => {
    const bearer = /^bearer ([\w.-]+)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
    if (bearer === undefined) return challenge('');
    const options = {
      issuer,
      audience: issuer,
      keys: keys.verificationKeys,
      algorithms: ['ES256'] as const,
      clock,
    };
    const token = await verifyAccessToken(bearer, options).catch(() => undefined);
    const standing = token && (await store.findStandingGrant(grantIdOf(token.jti), clock()));
    if (!standing || standing.person.sub !== token?.sub) return challenge(', error="invalid_token"');
    const claims = claimsOf(standing.person, (token.scope ?? '').split(' '));
    return Response.json({ ...claims, sub: standing.person.sub }, { headers: NO_STORE });
  };
}

function challenge(detail: string): Response {
  return new Response(null, {
    status: 401,
    headers: { ...NO_STORE, 'WWW-Authenticate': `Bearer realm="userinfo"${detail}` },
  });
}
