import { randomId } from '../foundation/index.ts';
import { leftHalfHash } from '../tokens/index.ts';
import type { Forgery } from './forge.ts';
import type { IssuerState, TestFamily } from './issuer-state.ts';
import type { TestSignOn } from './test-people.ts';

/** What tokens are issued for. */
export interface Issue {
  readonly clientId: string;
  readonly signOn: TestSignOn;
  readonly scope: string;
  /** Default: the issuer itself. */
  readonly audience: string | undefined;
  readonly nonce: string | undefined;
}

/** What a client gets; the rest of it is the wire's. */
export interface TokenResponse {
  readonly refresh_token: string;
  readonly [member: string]: unknown;
}

/** A whole token response (OIDC Core §3.1.3.3) with a new refresh token of this family. */
export async function issueTokens(
  state: IssuerState,
  issue: Issue,
  family: TestFamily,
): Promise<TokenResponse> {
  const accessToken = await issueAccessToken(state, issue);
  const refreshToken = randomId();
  const { clientId, signOn, scope, audience } = issue;
  state.grants.set(refreshToken, { clientId, signOn, scope, audience, family });
  return {
    access_token: accessToken,
    token_type: 'Bearer',
    expires_in: state.accessTokenSeconds,
    refresh_token: refreshToken,
    scope,
    id_token: await issueIdToken(state, issue, accessToken),
  };
}

export function issueAccessToken(
  state: IssuerState,
  { clientId, signOn, scope, audience }: Issue,
): Promise<string> {
  const aud = audience ?? state.issuer;
  const { person, sid, authTime } = signOn;
  const claims = {
    exp: state.clock() + state.accessTokenSeconds,
    sub: person.sub,
    aud,
    client_id: clientId,
    scope,
    permissions: person.permissions?.[aud] ?? [],
    sid,
    auth_time: authTime,
  };
  return state.mint.forge('access', changed(claims, state.alteration.accessToken));
}

async function issueIdToken(state: IssuerState, issue: Issue, accessToken: string): Promise<string> {
  const { person, sid, authTime } = issue.signOn;
  const claims = {
    ...person.claims,
    sub: person.sub,
    aud: issue.clientId,
    nonce: issue.nonce,
    sid,
    auth_time: authTime,
    at_hash: await leftHalfHash(accessToken, state.keys.signer().alg),
  };
  return state.mint.forge('id', changed(claims, state.alteration.idToken));
}

function changed(claims: Readonly<Record<string, unknown>>, forgery: Forgery | undefined): Forgery {
  return { ...forgery, claims: { ...claims, ...forgery?.claims } };
}
