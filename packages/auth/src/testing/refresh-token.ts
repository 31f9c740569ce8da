import type { IssuerState, TestClient, TestGrant } from './issuer-state.ts';
import { issueTokens } from './issue-tokens.ts';
import { Refusal, requireGrantedAudience } from './token-answers.ts';

/**
 * RFC 6749 §6 with rotation: a second use within the replay window is answered alike, any other ends the family
 * (RFC 9700 §4.14.2).
 */
export async function refresh(
  state: IssuerState,
  form: URLSearchParams,
  client: TestClient,
): Promise<object> {
  const grant = requireGrant(state, form.get('refresh_token') ?? '', client);
  const asked = JSON.stringify([form.get('resource'), form.get('scope')]);
  if (grant.used) return replay(state, grant, grant.used, asked);
  const scope = requireScope(form, grant);
  const audience = requireGrantedAudience(state, form, grant.audience);
  // Used up before anything is waited for: of two at the same moment one is the second.
  const issue = { ...grant, scope, audience, nonce: undefined };
  const response = issueTokens(state, issue, grant.family, grant);
  grant.used = { at: state.clock(), asked, response };
  return response;
}

/** Another client's try costs the owner nothing (K-04). */
function requireGrant(state: IssuerState, token: string, client: TestClient): TestGrant {
  const grant = state.grants.get(token);
  const isLive = grant && !grant.signOn.ended && !grant.family.ended;
  if (isLive && grant.clientId === client.clientId) return grant;
  throw new Refusal('invalid_grant');
}

async function replay(
  { grants, clock, refreshReplaySeconds }: IssuerState,
  { family }: TestGrant,
  used: NonNullable<TestGrant['used']>,
  asked: string,
): Promise<object> {
  const isDuplicate = used.asked === asked && clock() < used.at + refreshReplaySeconds;
  if (!isDuplicate) family.ended = true;
  const response = await used.response;
  if (isDuplicate && !grants.get(response.refresh_token)?.used) return response;
  family.ended = true;
  throw new Refusal('invalid_grant');
}

/** RFC 6749 §6: the same or less. */
function requireScope(form: URLSearchParams, { scope }: TestGrant): string {
  const asked = form.get('scope') ?? scope;
  if (asked.split(' ').every((name) => scope.split(' ').includes(name))) return asked;
  throw new Refusal('invalid_scope');
}
