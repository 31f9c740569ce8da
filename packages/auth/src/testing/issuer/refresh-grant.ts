import type { IssuerState, TestClient, RefreshTokenGrant } from './issuer-state.ts';
import { issueTokens, renderTokens } from './issue-tokens.ts';
import { OAuthError, requireGrantedAudience } from './oauth-responses.ts';

/**
 * RFC 6749 §6 with rotation. Within the replay window a second use for the same gets the same answer, and one for less or
 * another resource an access token of its own beside the same successor; any other reuse ends the family (RFC 9700
 * §4.14.2).
 */
export async function refresh(
  state: IssuerState,
  form: URLSearchParams,
  client: TestClient,
  jkt: string | undefined,
): Promise<object> {
  const grant = requireGrant(state, form.get('refresh_token') ?? '', client);
  // RFC 9449 §5: another key than the one that a public client's refresh token is bound to.
  if (grant.jkt !== undefined && grant.jkt !== jkt) throw new OAuthError('invalid_grant');
  const { used } = grant;
  if (used) await requireReplay(state, grant, used);
  const scope = requireScope(form, grant);
  const audience = requireGrantedAudience(state, form, grant.audience);
  const parameters = JSON.stringify([audience, scope.split(' ').toSorted(), jkt]);
  const isWhole = isSameSet(scope, grant.scope);
  const reach = isWhole ? grant.reach : scope.split(' ');
  const issue = { ...grant, scope, audience, reach, jkt, nonce: undefined };
  if (used) {
    const response = await used.response;
    return used.parameters === parameters
      ? response
      : renderTokens(state, issue, { ...grant, refreshToken: response.refresh_token });
  }
  // Marked as used before the first await, so that of two simultaneous requests one counts as the second.
  const response = issueTokens(state, issue, grant.family, grant);
  grant.used = { at: state.clock(), parameters, response };
  return response;
}

function isSameSet(one: string, other: string): boolean {
  const [left, right] = [new Set(one.split(' ')), new Set(other.split(' '))];
  return left.size === right.size && [...left].every((name) => right.has(name));
}

/** A try by another client is refused and does not end the owner's tokens (K-04). */
function requireGrant(state: IssuerState, token: string, client: TestClient): RefreshTokenGrant {
  const grant = state.grants.get(token);
  const isLive = grant && !grant.signOn.ended && !grant.family.ended;
  if (isLive && grant.clientId === client.clientId) return grant;
  throw new OAuthError('invalid_grant');
}

/** In time, and the successor unused. */
async function requireReplay(
  { grants, clock, refreshReplaySeconds }: IssuerState,
  { family }: RefreshTokenGrant,
  used: NonNullable<RefreshTokenGrant['used']>,
): Promise<void> {
  const isInTime = clock() < used.at + refreshReplaySeconds;
  if (!isInTime) family.ended = true;
  const { refresh_token: successor } = await used.response;
  if (isInTime && !grants.get(successor)?.used) return;
  family.ended = true;
  throw new OAuthError('invalid_grant');
}

/** RFC 6749 §6: the granted scope, or less. */
function requireScope(form: URLSearchParams, { scope }: RefreshTokenGrant): string {
  const parameters = form.get('scope') ?? scope;
  if (parameters.split(' ').every((name) => scope.split(' ').includes(name))) return parameters;
  throw new OAuthError('invalid_scope');
}
