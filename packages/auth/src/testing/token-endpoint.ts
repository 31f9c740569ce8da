import { sha256Base64url } from '../foundation/index.ts';
import { createLocalKeys, verifyAccessToken } from '../tokens/index.ts';
import type { IssuerState, TestClient, TestGrant } from './issuer-state.ts';
import { issueAccessToken, issueTokens } from './issue-tokens.ts';

/** An OAuth error (RFC 6749 §5.2). */
class Refusal extends Error {
  override readonly name = 'Refusal';
}

type Grant = (state: IssuerState, form: URLSearchParams, client: TestClient) => Promise<object>;

const grants: Readonly<Record<string, Grant>> = {
  authorization_code: redeemCode,
  refresh_token: refresh,
  'urn:ietf:params:oauth:grant-type:token-exchange': exchange,
};

/** Answers a token request (RFC 6749 §3.2) of the three grants that a site uses. */
export async function answerToken(
  state: IssuerState,
  form: URLSearchParams,
  headers: Headers,
): Promise<Response> {
  try {
    const client = requireClient(state, form, headers);
    const grant = grants[form.get('grant_type') ?? ''];
    if (!grant) throw new Refusal('unsupported_grant_type');
    return noStore({ ...(await grant(state, form, client)), ...state.alteration.response });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return noStore({ error: error.message }, error.message === 'invalid_client' ? 401 : 400);
  }
}

function noStore(body: object, status = 200): Response {
  return Response.json(body, { status, headers: { 'cache-control': 'no-store' } });
}

/** `client_secret_basic`, `client_secret_post` or `none`, as the client is registered. */
function requireClient(state: IssuerState, form: URLSearchParams, headers: Headers): TestClient {
  const basic = /^Basic (.+)$/.exec(headers.get('authorization') ?? '')?.[1];
  const [id, secret] = basic
    ? atob(basic).split(':').map(decodeForm)
    : [form.get('client_id') ?? '', form.get('client_secret') ?? undefined];
  const client = state.clients.get(id ?? '');
  if (!client || client.clientSecret !== secret) throw new Refusal('invalid_client');
  return client;
}

/** RFC 6749 §2.3.1: both parts of Basic are form-encoded. */
const decodeForm = (text: string) => decodeURIComponent(text.replaceAll('+', ' '));

async function redeemCode(state: IssuerState, form: URLSearchParams, client: TestClient): Promise<object> {
  const code = form.get('code') ?? '';
  const pending = state.codes.get(code);
  state.codes.delete(code);
  const challenge = await sha256Base64url(form.get('code_verifier') ?? '');
  const isRight =
    pending?.clientId === client.clientId &&
    pending.redirectUri === form.get('redirect_uri') &&
    pending.challenge === challenge &&
    !pending.signOn.ended;
  if (!isRight) throw new Refusal('invalid_grant');
  const { signOn, scope, nonce, audience } = pending;
  return issueTokens(state, {
    clientId: client.clientId,
    signOn,
    scope,
    audience: form.get('resource') ?? audience,
    nonce,
  });
}

async function refresh(state: IssuerState, form: URLSearchParams, client: TestClient): Promise<object> {
  const grant = requireGrant(state, form.get('refresh_token') ?? '', client);
  grant.spent = true;
  const { clientId, signOn, scope, audience } = grant;
  return issueTokens(state, {
    clientId,
    signOn,
    scope,
    audience: form.get('resource') ?? audience,
    nonce: undefined,
  });
}

function requireGrant(state: IssuerState, token: string, client: TestClient): TestGrant {
  const grant = state.grants.get(token);
  if (!grant || grant.spent || grant.signOn.ended || grant.clientId !== client.clientId)
    throw new Refusal('invalid_grant');
  return grant;
}

/** RFC 8693 §2: the own access token for one of another audience. */
async function exchange(
  state: IssuerState,
  form: URLSearchParams,
  { clientId }: TestClient,
): Promise<object> {
  const audience = form.get('resource');
  if (audience === null) throw new Refusal('invalid_target');
  const signOn = await findSubject(state, form.get('subject_token') ?? '');
  if (!signOn || signOn.ended) throw new Refusal('invalid_grant');
  return {
    access_token: await issueAccessToken(state, { clientId, signOn, scope: '', audience, nonce: undefined }),
    issued_token_type: 'urn:ietf:params:oauth:token-type:access_token',
    token_type: 'Bearer',
    expires_in: state.accessTokenSeconds,
  };
}

async function findSubject(state: IssuerState, token: string) {
  const audience = readAudience(token);
  const { issuer, clock, keys } = state;
  const options = {
    issuer,
    audience,
    clock,
    algorithms: [keys.signer().alg],
    keys: createLocalKeys(keys.jwks()),
  };
  const claims = await verifyAccessToken(token, options).catch(() => undefined);
  return state.signOns.get(claims?.sid ?? '');
}

/** Any audience of this issuer's own will do, so the token is asked which one it has. */
function readAudience(token: string): string {
  const payload: unknown = JSON.parse(
    atob((token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/')) || '{}',
  );
  return typeof payload === 'object' && payload && 'aud' in payload ? String(payload.aud) : '';
}
