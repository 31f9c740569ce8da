import { randomId } from '../../foundation/index.ts';
import { leftHalfHash } from '../../tokens/index.ts';
import type { Forgery } from '../forgeries/forge.ts';
import type {
  GrantedAccess,
  IssuedAccessToken,
  IssuerState,
  RefreshTokenFamily,
  TokenResponse,
} from './issuer-state.ts';
import { findNamesFor, findSubjectFor } from './sign-ons.ts';

/** What the tokens of one response are issued for. */
export interface Issue extends GrantedAccess {
  readonly nonce: string | undefined;
}

/**
 * A whole token response (OIDC Core §3.1.3.3) with a new refresh token of this family.
 *
 * @param granted the grant behind the refresh token, where this response is narrower (RFC 6749 §6).
 */
export async function issueTokens(
  state: IssuerState,
  issue: Issue,
  family: RefreshTokenFamily,
  granted: GrantedAccess = issue,
): Promise<TokenResponse> {
  const refreshToken = randomId();
  const { clientId, signOn, proof, scope, audience, reach, jkt } = granted;
  state.grants.set(refreshToken, { clientId, signOn, proof, scope, audience, reach, jkt, family });
  return renderTokens(state, issue, { refreshToken, family, scope });
}

/** The refresh token of a response, and the scope of its grant. */
interface RefreshTokenBeside extends Pick<GrantedAccess, 'scope'> {
  readonly refreshToken: string;
  readonly family: RefreshTokenFamily;
}

/** A whole token response beside a refresh token that is there already. */
export async function renderTokens(
  state: IssuerState,
  issue: Issue,
  { refreshToken, family, scope }: RefreshTokenBeside,
): Promise<TokenResponse> {
  const life = { ended: false };
  const accessToken = await issueAccessToken(state, issue, { family, life, steps: 0 });
  return {
    access_token: accessToken,
    token_type: tokenTypeOf(issue),
    expires_in: state.accessTokenSeconds,
    refresh_token: refreshToken,
    scope: issue.scope,
    // OIDC Core §3.1.2.1: a request without `openid` is plain OAuth, which has no ID token.
    ...(scope.split(' ').includes('openid')
      ? { id_token: await issueIdToken(state, issue, accessToken) }
      : {}),
  };
}

export const tokenTypeOf = ({ jkt }: Pick<GrantedAccess, 'jkt'>): string =>
  jkt === undefined ? 'Bearer' : 'DPoP';

/** What an access token descends from. */
type Descent = Pick<IssuedAccessToken, 'family' | 'life' | 'steps' | 'act'> & { readonly exp?: number };

export function issueAccessToken(
  state: IssuerState,
  access: GrantedAccess,
  { family, life, steps, act, exp = state.clock() + state.accessTokenSeconds }: Descent,
): Promise<string> {
  const { clientId, signOn, proof, scope, audience, reach } = access;
  const aud = audience ?? state.issuer;
  const { person } = signOn;
  const jti = randomId();
  state.accessTokens.set(jti, { signOn, reach, family, life, steps, act });
  const claims = {
    exp,
    jti,
    ...findNamesFor(state, signOn, access),
    aud,
    client_id: clientId,
    ...(act && { act }),
    scope,
    permissions: permissionsWithin(person.permissions?.[aud] ?? [], reach),
    auth_time: proof.authTime,
    acr: proof.acr,
    ...(access.jkt !== undefined && { cnf: { jkt: access.jkt } }),
  };
  return state.sign('access', changed(claims, state.alteration.accessToken));
}

/** The part of what a person holds that a request could reach. */
export function permissionsWithin(held: readonly string[], reach: readonly string[] | undefined): string[] {
  return held.filter((permission) => reach?.includes(permission) ?? true);
}

async function issueIdToken(state: IssuerState, issue: Issue, accessToken: string): Promise<string> {
  const { person } = issue.signOn;
  const { authTime, acr, amr } = issue.proof;
  const claims = {
    ...person.claims,
    sub: findSubjectFor(state, state.clients.get(issue.clientId), person),
    aud: issue.clientId,
    nonce: issue.nonce,
    sid: issue.signOn.sidOf(issue.clientId),
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
