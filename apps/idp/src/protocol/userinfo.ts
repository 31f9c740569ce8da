import { AuthError } from '@sso/auth';
import { createResourceServer } from '@sso/auth/resource';
import { DPOP_ALGORITHMS } from '../clients/metadata-values.ts';
import { errorUri } from '../http/error-uri.ts';
import { NO_STORE } from '../http/oauth-error.ts';
import { isForm, readForm } from '../http/params.ts';
import type { Handler } from '../http/routes.ts';
import { claimsOf } from '../identity/claims.ts';
import type { Provider } from '../provider.ts';
import { findGrantOfToken } from './token/grant-of-token.ts';

/**
 * Userinfo (OIDC Core §5.3): an API like any other whose audience is the issuer, so that a token for a shop's API
 * opens nothing here. Beyond signature and time the grant has to stand: sign-out, revocation and a disabled
 * account count at once (T-36, T-38). Unlike other APIs it takes the token in a form body too (OIDC Core §5.3.1).
 */
export function createUserinfo(provider: Provider): Handler {
  const { issuer, keys, clock, store, dpop } = provider;
  const api = createResourceServer({
    issuer,
    audience: issuer,
    keys: keys.verificationKeys,
    clock,
    dpop: {
      publicUrl: issuer,
      proofs: { consume: (key, until) => store.consumeProof(key, until) },
      nonceSecrets: [dpop.nonceSecret],
      algorithms: DPOP_ALGORITHMS,
    },
    errorUri: (code) => errorUri(issuer, code),
  });
  return async (request) => {
    try {
      const { method, url } = request;
      const token = await api.authenticate({ method, url, headers: await bearerHeaders(request) });
      api.requireScope(token, 'openid');
      const active = await findGrantOfToken(provider, token);
      if (!active) throw ended();
      const { person, grant } = active;
      const scope = (token.scope ?? '').split(' ').filter((name) => grant.scope.includes(name));
      const disclosed = claimsOf(person, scope, grant.details.claims?.userinfo);
      return Response.json({ ...disclosed, sub: token.sub }, { headers: NO_STORE });
    } catch (error) {
      // Rethrows what is not about the token, a failing database for one.
      return await api.challenge(error, request);
    }
  };
}

/** RFC 6750 §2.2, which single-page apps use: the token in a form body, as the header that would carry it. */
async function bearerHeaders(request: Request): Promise<Headers> {
  const { headers } = request;
  if (request.method !== 'POST' || !isForm(request)) return headers;
  const form = await readForm(request);
  const token = form.get('access_token');
  if (token === undefined) return headers;
  // T-32: two tokens, or one in two places, could be read as either (RFC 6750 §2).
  if (headers.has('authorization')) throw malformed('the token came in the header and in the body: send one');
  if (form.repeated().includes('access_token')) throw malformed('the body holds two tokens: send one');
  if (!B64TOKEN.test(token)) throw malformed('access_token is no token (RFC 6750 section 2.1)');
  return new Headers({ authorization: `Bearer ${token}` });
}

const B64TOKEN = /^[A-Za-z0-9._~+/-]+=*$/;

function malformed(what: string): AuthError {
  return new AuthError('bearer_malformed', what);
}

function ended(): AuthError {
  return new AuthError('token_expired', 'the session or grant behind this token has ended: sign in again');
}
