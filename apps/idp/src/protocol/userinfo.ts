import { AuthError } from '@sso/auth';
import { createResourceServer } from '@sso/auth/resource';
import { errorUri } from '../http/error-uri.ts';
import { NO_STORE } from '../http/oauth-error.ts';
import type { Handler } from '../http/routes.ts';
import { claimsOf } from '../identity/claims.ts';
import type { Provider } from '../provider.ts';
import { findGrantOfToken } from './token/jti.ts';

/**
 * Userinfo (OIDC Core §5.3): an API like any other whose audience is the issuer, so that a token for a shop's API
 * opens nothing here. Beyond signature and time the grant has to stand: sign-out, revocation and a disabled
 * account count at once (T-36, T-38).
 */
export function createUserinfo(provider: Provider): Handler {
  const { issuer, keys, clock } = provider;
  const api = createResourceServer({
    issuer,
    audience: issuer,
    keys: keys.verificationKeys,
    clock,
    errorUri: (code) => errorUri(issuer, code),
  });
  return async (request) => {
    try {
      const token = await api.authenticate(request);
      api.requireScope(token, 'openid');
      const active = await findGrantOfToken(provider, token);
      if (!active) throw ended();
      const { person, grant } = active;
      const disclosed = claimsOf(person, (token.scope ?? '').split(' '), grant.details.claims?.userinfo);
      return Response.json({ ...disclosed, sub: token.sub }, { headers: NO_STORE });
    } catch (error) {
      // Rethrows what is not about the token, a failing database for one.
      return api.challenge(error);
    }
  };
}

function ended(): AuthError {
  return new AuthError('token_expired', 'the session or grant behind this token has ended: sign in again');
}
