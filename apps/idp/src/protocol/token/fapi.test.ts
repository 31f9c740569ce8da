import { createDpopProof, generateDpopKey } from '@sso/auth/tokens';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ISSUER, SHOP_API } from '../../../test/registrations.ts';
import { assertionForm } from '../../../test/signer.ts';
import {
  authorizationForm,
  authorizePath,
  codeForm,
  openTestProvider,
  signIn,
  type TestProvider,
  type Tokens,
} from '../../../test/test-provider.ts';

const SIGNER = { client_id: 'signer', redirect_uri: 'https://signer.example/auth/callback' };
const [key, other] = await Promise.all([generateDpopKey(), generateDpopKey()]);

let idp: TestProvider;
beforeAll(async () => {
  idp = await openTestProvider();
  // What the registration says by require_pushed_authorization_requests and dpop_bound_access_tokens.
  const client = idp.provider.clients.find('signer') ?? {};
  Object.assign(client, { requirePushedRequests: true, dpopBound: true });
});
afterAll(() => idp[Symbol.asyncDispose]());

const now = () => idp.provider.clock();

interface Sent {
  readonly path?: '/token' | '/par';
  readonly claims?: Record<string, unknown>;
  readonly by?: typeof key;
  readonly isProved?: boolean;
  readonly iat?: number;
}

/** A request of the client with its assertion, and a proof where it has one. */
async function send(form: Record<string, string>, sent: Sent = {}): Promise<Response> {
  const { path = '/token', claims = {}, by = key, isProved = path === '/token', iat = now() } = sent;
  const nonce = await idp.provider.dpop.nonces.current();
  const proof = await createDpopProof(by, { method: 'POST', url: ISSUER + path, nonce, clock: () => iat });
  return idp.fetch(
    new Request(ISSUER + path, {
      method: 'POST',
      headers: isProved ? { dpop: proof } : {},
      body: new URLSearchParams({ ...form, ...(await assertionForm(now(), claims)) }),
    }),
  );
}

const answerOf = async (response: Response) => {
  const { error }: { error?: string } = await response.clone().json();
  return error === undefined ? String(response.status) : `${response.status} ${error}`;
};

async function pushed(change: Record<string, string> = {}, sent: Sent = {}): Promise<string> {
  const form = authorizationForm({ ...SIGNER, resource: SHOP_API, ...change });
  const response = await send(form, { path: '/par', ...sent });
  const { request_uri }: { request_uri: string } = await response.json();
  return `/authorize?${new URLSearchParams({ client_id: 'signer', request_uri })}`;
}

async function login(): Promise<Tokens> {
  const callback = await signIn(idp.browser(), await pushed());
  const tokens: Tokens = await (await send(codeForm(callback, SIGNER))).json();
  return tokens;
}

const refresh = (refresh_token: string, sent: Sent = {}) =>
  send({ grant_type: 'refresh_token', refresh_token }, sent);

describe('a client of the FAPI 2.0 Security Profile', () => {
  it('§5.3.2 gets by its pushed request, its assertion and its proof a token that is bound to its key', async () => {
    const { access_token } = await login();
    expect(decodeJwt(access_token)).toMatchObject({ client_id: 'signer', cnf: { jkt: key.kid } });
  });

  it('§5.3.2.2 begins no login without pushing it', async () => {
    const answer = await idp.browser().get(authorizePath({ ...SIGNER, resource: SHOP_API }));
    expect(answer.headers.get('location') ?? (await answer.text())).toMatch(/invalid_request|pushed/);
  });

  it.each<[what: string, claims: () => Record<string, unknown>, answer: string]>([
    ['the issuer', () => ({}), '400 invalid_grant'],
    ['the issuer in a list', () => ({ aud: [ISSUER] }), '401 invalid_client'],
    ['the token endpoint', () => ({ aud: `${ISSUER}/token` }), '401 invalid_client'],
    ['both', () => ({ aud: [ISSUER, `${ISSUER}/token`] }), '401 invalid_client'],
  ])('§5.3.2.1 proves itself by an assertion whose aud is %s: %s', async (_what, claims, answer) => {
    expect(await answerOf(await refresh('none', { claims: claims() }))).toBe(answer);
  });

  it.each<[what: string, claims: () => Record<string, unknown>, answer: string]>([
    ['iat is 10 s ahead', () => ({ iat: now() + 10 }), '400 invalid_grant'],
    ['nbf is 10 s ahead', () => ({ nbf: now() + 10 }), '400 invalid_grant'],
    ['iat is 61 s ahead', () => ({ iat: now() + 61, exp: now() + 120 }), '401 invalid_client'],
    ['nbf is 61 s ahead', () => ({ nbf: now() + 61, exp: now() + 120 }), '401 invalid_client'],
  ])('§5.3.2.1 note 3: %s', async (_what, claims, answer) => {
    expect(await answerOf(await refresh('none', { claims: claims() }))).toBe(answer);
  });

  it.each([
    ['10 s ahead', 10, '400 invalid_grant'],
    ['61 s ahead', 61, '400 invalid_dpop_proof'],
  ])('RFC 9449 §11.1 a proof of %s', async (_what, ahead, answer) => {
    expect(await answerOf(await refresh('none', { iat: now() + ahead }))).toBe(answer);
  });

  it('§5.3.2.1 gets no token without a proof', async () => {
    expect(await answerOf(await refresh('none', { isProved: false }))).toBe('400 invalid_dpop_proof');
  });

  it('§5.3.2.1 keeps its refresh token, which is never rotated, and may use another key of its own (RFC 9449 §5)', async () => {
    const { refresh_token } = await login();
    for (const by of [key, other, key]) {
      const tokens: Tokens = await (await refresh(refresh_token, { by })).json();
      expect(tokens.refresh_token).toBe(refresh_token);
      expect(decodeJwt(tokens.access_token)).toMatchObject({ cnf: { jkt: by.kid } });
    }
    idp.advanceClock(60);
    expect(await answerOf(await refresh(refresh_token))).toBe('200');
  });

  it('RFC 9449 §10 binds its code by dpop_jkt, or the proof of the pushed request', async () => {
    for (const path of [await pushed({ dpop_jkt: key.kid ?? '' }), await pushed({}, { isProved: true })]) {
      const callback = await signIn(idp.browser(), path);
      expect(await answerOf(await send(codeForm(callback, SIGNER), { by: other }))).toBe('400 invalid_grant');
    }
  });

  it('§5.3.2.2 its pushed request counts once, for itself, and for less than ten minutes', async () => {
    const path = await pushed();
    await signIn(idp.browser(), path);
    expect((await idp.browser().get(path)).headers.get('location')).toBeNull();
    const late = await pushed();
    idp.advanceClock(600);
    expect((await idp.browser().get(late)).headers.get('location')).toBeNull();
  });

  it('§5.4.1 signs its assertion and its proofs by nothing weaker than PS256, ES256 or EdDSA', async () => {
    const weak = await generateDpopKey('RS256');
    expect(await answerOf(await refresh('none', { by: weak }))).toBe('400 invalid_dpop_proof');
  });
});
