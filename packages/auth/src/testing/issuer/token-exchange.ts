import type { AccessTokenClaims } from '../../tokens/index.ts';
import type { IssuedAccessToken, IssuerState, TestClient } from './issuer-state.ts';
import { issueAccessToken, permissionsWithin } from './issue-tokens.ts';
import { OAuthError } from './oauth-responses.ts';
import { findOwnToken } from './own-token.ts';

const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token';

/**
 * RFC 8693 §2: exchanges the client's own access token for one with another audience. As at a real provider the new one
 * reaches no further than the request behind the subject, ends no later, and is exchanged no further.
 */
export async function exchange(
  state: IssuerState,
  form: URLSearchParams,
  { clientId, clientSecret }: TestClient,
): Promise<object> {
  if (clientSecret === undefined) throw new OAuthError('unauthorized_client');
  if (form.get('subject_token_type') !== ACCESS_TOKEN) throw new OAuthError('invalid_request');
  const { claims, subject } = await requireSubject(state, form.get('subject_token') ?? '', clientId);
  const audience = requireTarget(state, form, claims.aud);
  const { signOn } = subject;
  const { auth_time: authTime = signOn.proof.authTime, acr = signOn.proof.acr } = claims;
  const proof = { ...signOn.proof, authTime, acr };
  const issue = { clientId, signOn, proof, scope: '', audience, reach: subject.reach };
  if (!reachesAnything(issue)) throw new OAuthError('invalid_target');
  const exp = Math.min(claims.exp, state.clock() + state.accessTokenSeconds);
  return {
    access_token: await issueAccessToken(state, issue, { ...subject, exp, isExchanged: true }),
    issued_token_type: ACCESS_TOKEN,
    token_type: 'Bearer',
    expires_in: exp - state.clock(),
  };
}

/** RFC 8693 §2.2.2: the error for a subject token that is not accepted is invalid_request. */
async function requireSubject(
  state: IssuerState,
  token: string,
  clientId: string,
): Promise<{ readonly claims: AccessTokenClaims; readonly subject: IssuedAccessToken }> {
  const claims = await findOwnToken(state, token);
  const subject = state.accessTokens.get(claims?.jti ?? '');
  const isLive = claims && subject && claims.exp > state.clock();
  if (!isLive || subject.isExchanged || claims.client_id !== clientId)
    throw new OAuthError('invalid_request');
  return { claims, subject };
}

/** One other known API. The issuer itself is no target: tokens for it come from a login. */
function requireTarget({ audiences, issuer }: IssuerState, form: URLSearchParams, own: string): string {
  const target = form.get('resource');
  if (target === null) throw new OAuthError('invalid_request');
  if (target === issuer || target === own || audiences?.includes(target) === false)
    throw new OAuthError('invalid_target');
  return target;
}

/** An API that a person has no list of permissions for defines none: it learns who calls, unless the token was narrowed. */
function reachesAnything(issue: Pick<IssuedAccessToken, 'signOn' | 'reach'> & { readonly audience: string }) {
  const held = issue.signOn.person.permissions?.[issue.audience];
  return held ? permissionsWithin(held, issue.reach).length > 0 : issue.reach === undefined;
}
