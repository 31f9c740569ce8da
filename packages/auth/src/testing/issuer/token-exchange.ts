import type { AccessTokenClaims, ActorClaim } from '../../tokens/index.ts';
import type { IssuedAccessToken, IssuerState, TestClient } from './issuer-state.ts';
import { issueAccessToken, permissionsWithin, tokenTypeOf } from './issue-tokens.ts';
import { OAuthError } from './oauth-responses.ts';
import { findOwnToken } from './own-token.ts';

const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token';

/**
 * RFC 8693 §2: exchanges the client's own access token for one with another audience, or the one that the client's API was
 * called with, for which it then acts (§4.1). As at a real provider the new one
 * reaches no further than the request behind the subject, ends no later, and is exchanged no further by whom it was issued to.
 */
export async function exchange(
  state: IssuerState,
  form: URLSearchParams,
  client: TestClient,
  jkt: string | undefined,
): Promise<object> {
  const { clientId, clientSecret } = client;
  if (clientSecret === undefined) throw new OAuthError('unauthorized_client');
  if (form.get('subject_token_type') !== ACCESS_TOKEN) throw new OAuthError('invalid_request');
  const { claims, subject, act } = await requireSubject(state, form.get('subject_token') ?? '', client);
  const audience = requireTarget(state, form, claims.aud);
  const { signOn } = subject;
  const { auth_time: authTime = signOn.proof.authTime, acr = signOn.proof.acr } = claims;
  const proof = { ...signOn.proof, authTime, acr };
  const issue = { clientId, signOn, proof, scope: '', audience, reach: subject.reach, jkt };
  if (!reachesAnything(issue)) throw new OAuthError('invalid_target');
  const exp = Math.min(claims.exp, state.clock() + state.accessTokenSeconds);
  return {
    access_token: await issueAccessToken(state, issue, { ...subject, act, exp, steps: subject.steps + 1 }),
    issued_token_type: ACCESS_TOKEN,
    token_type: tokenTypeOf(issue),
    expires_in: exp - state.clock(),
  };
}

/** RFC 8693 §2.2.2: the error for a subject token that is not accepted is invalid_request. */
async function requireSubject(
  state: IssuerState,
  token: string,
  { clientId, audiences }: TestClient,
): Promise<Subject> {
  const claims = await findOwnToken(state, token);
  const subject = state.accessTokens.get(claims?.jti ?? '');
  const isLive = claims && subject && claims.exp > state.clock();
  if (!isLive) throw new OAuthError('invalid_request');
  const isOwn = claims.client_id === clientId;
  const isOfItsApi = !isOwn && audiences?.includes(claims.aud) === true;
  if (!(isOwn && subject.steps === 0) && !(isOfItsApi && subject.steps < 2))
    throw new OAuthError('invalid_request');
  const before = subject.act && { act: subject.act };
  return { claims, subject, act: isOfItsApi ? { sub: clientId, ...before } : undefined };
}

interface Subject {
  readonly claims: AccessTokenClaims;
  readonly subject: IssuedAccessToken;
  /** Of the new token, where the client acts for the person whose token its API was called with. */
  readonly act: ActorClaim | undefined;
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
