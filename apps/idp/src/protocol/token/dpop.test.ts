import { createDpopProof, type CreateDpopProofOptions, generateDpopKey } from '@sso/auth/tokens';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exchangeForm } from '../../../test/exchanges.ts';
import { ISSUER, SHOP_API } from '../../../test/registrations.ts';
import {
  authorizationForm,
  authorizePath,
  codeForm,
  openTestProvider,
  signIn,
  type TestProvider,
  tokenRequest,
  type Tokens,
  tokensFor,
} from '../../../test/test-provider.ts';
import { introspected } from '../../../test/token-requests.ts';

const [key, other] = await Promise.all([generateDpopKey(), generateDpopKey()]);
const NATIVE = { client_id: 'native', redirect_uri: 'com.example.app:/callback' };

let idp: TestProvider;
beforeAll(async () => {
  idp = await openTestProvider();
});
afterAll(() => idp[Symbol.asyncDispose]());

type Change = Partial<CreateDpopProofOptions>;

const nonceNow = () => idp.provider.dpop.nonces.current();
const prove = async (change: Change = {}, by = key, path = '/token') =>
  createDpopProof(by, {
    method: 'POST',
    url: ISSUER + path,
    nonce: await nonceNow(),
    clock: idp.provider.clock,
    ...change,
  });

/** A request of the shop, or of a client that only says who it is. */
function withProof(
  form: Record<string, string>,
  dpop: string | undefined,
  path = '/token',
): Promise<Response> {
  const request =
    form['client_id'] === 'native'
      ? new Request(ISSUER + path, { method: 'POST', body: new URLSearchParams(form) })
      : tokenRequest(form, 'shop', path);
  if (dpop !== undefined) request.headers.set('dpop', dpop);
  return idp.fetch(request);
}

const answerOf = async (response: Response) => {
  const { error }: { error?: string } = await response.clone().json();
  return error === undefined ? response.status : `${response.status} ${error}`;
};
const tokensIn = async (response: Response) => {
  const tokens: Tokens & { readonly token_type: string } = await response.json();
  return tokens;
};
const boundKey = (token: string) => decodeJwt<{ cnf?: { jkt?: string } }>(token).cnf?.jkt;

async function exchangeOf(): Promise<Record<string, string>> {
  return exchangeForm((await tokensFor(idp, authorizePath({ resource: SHOP_API }))).access_token);
}

const clock = (seconds: number) => () => idp.provider.clock() + seconds;

describe('D-01 the token endpoint refuses a proof (RFC 9449)', () => {
  it.each<[section: string, dpop: () => Promise<string>, error: string]>([
    ['§4.3(2) that is no JWT', async () => 'a.b.c', 'invalid_dpop_proof'],
    ['§4.3(1) of two headers', async () => `${await prove()}, ${await prove()}`, 'invalid_dpop_proof'],
    ['§4.3(8) of another method', () => prove({ method: 'GET' }), 'invalid_dpop_proof'],
    ['§4.3(9) of another endpoint', () => prove({}, key, '/par'), 'invalid_dpop_proof'],
    ['§4.3(9) of another server', () => prove({ url: 'https://other.example/token' }), 'invalid_dpop_proof'],
    ['§4.3(11) that is old', () => prove({ clock: clock(-120) }), 'invalid_dpop_proof'],
    ['§4.3(11) that is of tomorrow', () => prove({ clock: clock(90) }), 'invalid_dpop_proof'],
    ['§8 without a nonce', () => prove({ nonce: undefined }), 'use_dpop_nonce'],
    ['§8 with a nonce of nobody', () => prove({ nonce: 'x'.repeat(43) }), 'use_dpop_nonce'],
    ['§4.3(6) by a signature of another key', () => forged(), 'invalid_dpop_proof'],
  ])('%s', async (_section, dpop, error) => {
    const response = await withProof(await exchangeOf(), await dpop());
    expect(await answerOf(response)).toBe(`400 ${error}`);
    expect(response.headers.get('dpop-nonce')).toBe(await nonceNow());
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it('§5.2 that is missing, of a client whose tokens are bound', async () => {
    const client = idp.provider.clients.find('shop') ?? {};
    const form = await exchangeOf();
    Reflect.set(client, 'dpopBound', true);
    try {
      expect(await answerOf(await withProof(form, undefined))).toBe('400 invalid_dpop_proof');
      expect(await answerOf(await withProof(form, await prove()))).toBe(200);
    } finally {
      Reflect.set(client, 'dpopBound', false);
    }
  });

  it('§8 takes one with a nonce of a minute ago, as any node with the same database does', async () => {
    const nonce = await nonceNow();
    idp.advanceClock(59);
    expect(await answerOf(await withProof(await exchangeOf(), await prove({ nonce })))).toBe(200);
  });

  it('D-03 §11.1 that ten requests bring at the same moment, but once', async () => {
    const [form, proof] = [await exchangeOf(), await prove()];
    const answers = await Promise.all(
      Array.from({ length: 10 }, async () => answerOf(await withProof(form, proof))),
    );
    expect(answers.filter((answer) => answer === 200)).toHaveLength(1);
    expect(answers.filter((answer) => answer === '400 invalid_dpop_proof')).toHaveLength(9);
  });
});

/** Another key's header and signature put together. */
async function forged(): Promise<string> {
  const [mine, others] = [await prove(), await prove({}, other)];
  const [header] = mine.split('.');
  return [header, ...others.split('.').slice(1)].join('.');
}

describe('a token that is bound to a key', () => {
  it('§6.1 §5 names it, is called DPoP, and so it is at introspection (§6.2)', async () => {
    const response = await withProof(await exchangeOf(), await prove());
    const tokens = await tokensIn(response.clone());
    expect(tokens.token_type).toBe('DPoP');
    expect(boundKey(tokens.access_token)).toBe(key.kid);
    expect(response.headers.get('dpop-nonce')).toBe(await nonceNow());
    expect(await introspected(idp, tokens.access_token, 'blog')).toMatchObject({
      active: true,
      token_type: 'DPoP',
      cnf: { jkt: key.kid },
    });
  });

  it('D-05 §7.1 §7.2 opens userinfo with a proof over it, and not as Bearer', async () => {
    const { refresh_token } = await tokensFor(idp);
    const form = { grant_type: 'refresh_token', refresh_token, resource: ISSUER };
    const { access_token } = await tokensIn(await withProof(form, await prove()));
    const ask = async (scheme: string, dpop?: string) => {
      const headers = new Headers({ authorization: `${scheme} ${access_token}` });
      if (dpop !== undefined) headers.set('dpop', dpop);
      return idp.fetch(new Request(`${ISSUER}/userinfo`, { headers }));
    };
    const over = (change: Change = {}, by = key) =>
      prove({ method: 'GET', accessToken: access_token, ...change }, by, '/userinfo');
    expect((await ask('DPoP', await over())).status).toBe(200);
    const asBearer = await ask('Bearer');
    expect(asBearer.status).toBe(401);
    expect(asBearer.headers.get('www-authenticate')).toContain('error="invalid_token"');
    expect((await ask('DPoP', await over({}, other))).status).toBe(401);
    expect((await ask('DPoP', await over({ accessToken: 'another' }))).status).toBe(401);
    const without = await ask('DPoP', await over({ nonce: undefined }));
    expect(without.headers.get('www-authenticate')).toContain('error="use_dpop_nonce"');
    expect(without.headers.get('dpop-nonce')).toBe(await nonceNow());
  });

  it('may be a client’s own', async () => {
    const request = tokenRequest({ grant_type: 'client_credentials', resource: SHOP_API }, 'robot');
    request.headers.set('dpop', await prove());
    const tokens = await tokensIn(await idp.fetch(request));
    expect([tokens.token_type, boundKey(tokens.access_token)]).toEqual(['DPoP', key.kid]);
  });
});

describe('D-09 §10 a code that is bound to a key', () => {
  const redeem = async (callback: URL, by: typeof key | undefined) =>
    answerOf(await withProof(codeForm(callback), by && (await prove({}, by))));

  it.each([
    ['with the proof of that key', key, 200],
    ['with another key', other, '400 invalid_grant'],
    ['without a proof', undefined, '400 invalid_grant'],
  ])('is redeemed %s: %s', async (_how, by, expected) => {
    const path = authorizePath({ dpop_jkt: key.kid ?? '' });
    expect(await redeem(await signIn(idp.browser(), path), by)).toBe(expected);
  });

  it.each(['short', 'x'.repeat(44), ` ${'x'.repeat(42)}`])('is not asked for with %j', async (dpop_jkt) => {
    const answer = await idp.browser().get(authorizePath({ dpop_jkt }));
    expect(answer.headers.get('location')).toContain('error=invalid_request');
  });

  it('§10.1 may be bound by a proof of a pushed request, which says no other key than dpop_jkt', async () => {
    const push = async (form: Record<string, string>, by = key) =>
      withProof(authorizationForm(form), await prove({}, by, '/par'), '/par');
    expect(await answerOf(await push({ dpop_jkt: key.kid ?? '' }, other))).toBe('400 invalid_dpop_proof');
    const pushed = await push({});
    expect(pushed.headers.get('dpop-nonce')).toBe(await nonceNow());
    const { request_uri }: { request_uri: string } = await pushed.json();
    const path = `/authorize?${new URLSearchParams({ client_id: 'shop', request_uri })}`;
    expect(await redeem(await signIn(idp.browser(), path), other)).toBe('400 invalid_grant');
  });
});

const refresh = async (refresh_token: string, by: typeof key | undefined) => {
  const form = { grant_type: 'refresh_token', client_id: 'native', refresh_token };
  return withProof(form, by && (await prove({}, by)));
};
const login = async (by: typeof key | undefined) => {
  const callback = await signIn(idp.browser(), authorizePath(NATIVE));
  return tokensIn(await withProof(codeForm(callback, NATIVE), by && (await prove({}, by))));
};

describe('D-10 §5 a public client’s refresh token is bound to its key', () => {
  it('and worth nothing to whoever finds it, who ends nothing either', async () => {
    const { refresh_token } = await login(key);
    expect(await answerOf(await refresh(refresh_token, undefined))).toBe('400 invalid_grant');
    expect(await answerOf(await refresh(refresh_token, other))).toBe('400 invalid_grant');
    const next = await tokensIn(await refresh(refresh_token, key));
    expect(boundKey(next.access_token)).toBe(key.kid);
    // K-03: a duplicate gets the same answer, but for the thief.
    expect(await answerOf(await refresh(refresh_token, other))).toBe('400 invalid_grant');
    expect((await tokensIn(await refresh(refresh_token, key))).refresh_token).toBe(next.refresh_token);
    expect(await answerOf(await refresh(next.refresh_token, key))).toBe(200);
  });

  it('only where one was proved at the code', async () => {
    const { refresh_token } = await login(undefined);
    expect((await tokensIn(await refresh(refresh_token, undefined))).token_type).toBe('Bearer');
  });

  it('while another client’s is its own, and each key gets an access token', async () => {
    const { refresh_token } = await tokensFor(idp);
    const form = { grant_type: 'refresh_token', refresh_token };
    const [first, second] = [
      await tokensIn(await withProof(form, await prove())),
      await tokensIn(await withProof(form, await prove({}, other))),
    ];
    expect([boundKey(first.access_token), boundKey(second.access_token)]).toEqual([key.kid, other.kid]);
    expect(second.refresh_token).toBe(first.refresh_token);
  });
});

it('X-13 lets scripts send a proof and read the nonce', async () => {
  const headers = { origin: 'https://app.example', 'access-control-request-method': 'POST' };
  const preflight = await idp.fetch(new Request(`${ISSUER}/token`, { method: 'OPTIONS', headers }));
  expect(preflight.headers.get('access-control-allow-headers')).toContain('DPoP');
  expect(preflight.headers.get('access-control-expose-headers')).toContain('DPoP-Nonce');
});
