import { randomId } from '../foundation/index.ts';
import { leftHalfHash } from '../tokens/index.ts';
import type { Forgery } from './forge.ts';
import type { IssuerState, TestFamily, TestGranted } from './issuer-state.ts';

/** What tokens are issued for. */
export interface Issue extends TestGranted {
  readonly nonce: string | undefined;
}

/** What a client gets; the rest of it is the wire's. */
export interface TokenResponse {
  readonly refresh_token: string;
  readonly [member: string]: unknown;
}

/**
 * A whole token response (OIDC Core §3.1.3.3) with a new refresh token of this family.
 *
 * @param granted what the refresh token stands for, where this response is for less (RFC 6749 §6).
 */
export async function issueTokens(
  state: IssuerState,
  issue: Issue,
  family: TestFamily,
  granted: TestGranted = issue,
): Promise<TokenResponse> {
  const accessToken = await issueAccessToken(state, issue);
  const refreshToken = randomId();
  const { clientId, signOn, proof, scope, audience } = granted;
  state.grants.set(refreshToken, { clientId, signOn, proof, scope, audience, family });
  return {
    access_token: accessToken,
    token_type: 'Bearer',
    expires_in: state.accessTokenSeconds,
    refresh_token: refreshToken,
    scope: issue.scope,
    // OIDC Core §3.1.2.1: without `openid` it is OAuth alone, which knows no ID token.
    ...(scope.split(' ').includes('openid')
      ? { id_token: await issueIdToken(state, issue, accessToken) }
      : {}),
  };
}

export function issueAccessToken(
  state: IssuerState,
  { clientId, signOn, proof, scope, audience }: TestGranted,
): Promise<string> {
  const aud = audience ?? state.issuer;
  const { person, sid } = signOn;
  const claims = {
    exp: state.clock() + state.accessTokenSeconds,
    sub: person.sub,
    aud,
    client_id: clientId,
    scope,
    permissions: person.permissions?.[aud] ?? [],
    sid,
    auth_time: proof.authTime,
    acr: proof.acr,
  };
  return state.sign('access', changed(claims, state.alteration.accessToken));
}

async function issueIdToken(state: IssuerState, issue: Issue, accessToken: string): Promise<string> {
  const { person, sid } = issue.signOn;
  const { authTime, acr, amr } = issue.proof;
  const claims = {
    ...person.claims,
    sub: person.sub,
    aud: issue.clientId,
    nonce: issue.nonce,
    sid,
    auth_time: authTime,
    acr,
    amr,
    at_hash: await leftHalfHash(accessToken, state.keys.signer().alg),
  };
  return state.sign('id', changed(claims, state.alteration.idToken));
}

function changed(claims: Readonly<Record<string, unknown>>, forgery: Forgery | undefined): Forgery {
  return { ...forgery, claims: { ...claims, ...forgery?.claims } };
}
