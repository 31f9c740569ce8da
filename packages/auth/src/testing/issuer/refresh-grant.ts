import type { IssuerState, TestClient, RefreshTokenGrant } from './issuer-state.ts';
import { issueTokens } from './issue-tokens.ts';
import { OAuthError, requireGrantedAudience } from './oauth-responses.ts';

/**
 * RFC 6749 §6 with rotation: a second use within the replay window gets the same answer, any other reuse ends the family
 * (RFC 9700 §4.14.2).
 */
export async function refresh(
  state: IssuerState,
  form: URLSearchParams,
  client: TestClient,
): Promise<object> {
  const grant = requireGrant(state, form.get('refresh_token') ?? '', client);
  const parameters = JSON.stringify([form.get('resource'), form.get('scope')]);
  if (grant.used) return replay(state, grant, grant.used, parameters);
  const scope = requireScope(form, grant);
  const audience = requireGrantedAudience(state, form, grant.audience);
  // Marked as used before the first await, so that of two simultaneous requests one counts as the second.
  const issue = { ...grant, scope, audience, nonce: undefined };
  const response = issueTokens(state, issue, grant.family, grant);
  grant.used = { at: state.clock(), parameters, response };
  return response;
}

/** A try by another client is refused and does not end the owner's tokens (K-04). */
function requireGrant(state: IssuerState, token: string, client: TestClient): RefreshTokenGrant {
  const grant = state.grants.get(token);
  const isLive = grant && !grant.signOn.ended && !grant.family.ended;
  if (isLive && grant.clientId === client.clientId) return grant;
  throw new OAuthError('invalid_grant');
}

async function replay(
  { grants, clock, refreshReplaySeconds }: IssuerState,
  { family }: RefreshTokenGrant,
  used: NonNullable<RefreshTokenGrant['used']>,
  parameters: string,
): Promise<object> {
  const isDuplicate = used.parameters === parameters && clock() < used.at + refreshReplaySeconds;
  if (!isDuplicate) family.ended = true;
  const response = await used.response;
  if (isDuplicate && !grants.get(response.refresh_token)?.used) return response;
  family.ended = true;
  throw new OAuthError('invalid_grant');
}

/** RFC 6749 §6: the granted scope, or less. */
function requireScope(form: URLSearchParams, { scope }: RefreshTokenGrant): string {
  const parameters = form.get('scope') ?? scope;
  if (parameters.split(' ').every((name) => scope.split(' ').includes(name))) return parameters;
  throw new OAuthError('invalid_scope');
}
