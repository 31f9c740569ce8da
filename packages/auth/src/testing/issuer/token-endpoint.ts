import { sha256Base64url } from '../../crypto/index.ts';
import { findProvedKey } from './dpop.ts';
import type { IssuerState, TestClient } from './issuer-state.ts';
import { issueTokens } from './issue-tokens.ts';
import { OAuthError, requireClient, requireGrantedAudience, toOAuthResponse } from './oauth-responses.ts';
import { exchange } from './token-exchange.ts';
import { refresh } from './refresh-grant.ts';

/** @param jkt the key that the request proved */
type Grant = (
  state: IssuerState,
  form: URLSearchParams,
  client: TestClient,
  jkt: string | undefined,
) => Promise<object>;

interface TokenRequest {
  readonly form: URLSearchParams;
  readonly headers: Headers;
  /** The endpoint's own address. */
  readonly url: string;
}

const grants: Readonly<Record<string, Grant>> = {
  authorization_code: redeemCode,
  refresh_token: refresh,
  'urn:ietf:params:oauth:grant-type:token-exchange': exchange,
};

/** Answers a token request (RFC 6749 §3.2) of the three grants that a site uses; bound to a key where one is proved. */
export async function answerToken(
  state: IssuerState,
  { form, headers, url }: TokenRequest,
): Promise<Response> {
  const response = await toOAuthResponse(async () => {
    const client = requireClient(state, form, headers);
    const name = form.get('grant_type') ?? '';
    const grant = Object.hasOwn(grants, name) ? grants[name] : undefined;
    if (!grant) throw new OAuthError('unsupported_grant_type');
    const jkt = await findProvedKey(state, url, headers, client);
    return { ...(await grant(state, form, client, jkt)), ...state.alteration.response };
  });
  if (state.dpopNonces) response.headers.set('dpop-nonce', await state.dpopNonces.current());
  return response;
}

const CODE_SECONDS = 60;

async function redeemCode(
  state: IssuerState,
  form: URLSearchParams,
  client: TestClient,
  jkt: string | undefined,
): Promise<object> {
  const pending = state.codes.get(form.get('code') ?? '');
  const challenge = await sha256Base64url(form.get('code_verifier') ?? '');
  // RFC 6749 §4.1.2: a code that is redeemed twice was stolen, and either redemption may be the thief's.
  if (pending?.family) pending.family.ended = true;
  const isRight =
    pending !== undefined &&
    !pending.family &&
    pending.clientId === client.clientId &&
    pending.redirectUri === form.get('redirect_uri') &&
    pending.challenge === challenge &&
    state.clock() < pending.issuedAt + CODE_SECONDS &&
    !pending.signOn.ended;
  if (!isRight) throw new OAuthError('invalid_grant');
  const audience = requireGrantedAudience(state, form, pending.audience);
  pending.family = { ended: false };
  // RFC 9449 §5: a public client's refresh token is bound, too; another client's is bound to the client.
  const granted = { ...pending, jkt: client.clientSecret === undefined ? jkt : undefined };
  return issueTokens(state, { ...pending, audience, jkt }, pending.family, granted);
}
