import { describe, expect, it } from 'vitest';
import { sha256Base64url } from '../../crypto/index.ts';
import { randomId } from '../../foundation/index.ts';
import { verifyAccessToken, verifyIdToken } from '../../tokens/index.ts';
import { ada, createTestIssuer, type AuthorizeOptions, type TestIssuer } from '../index.ts';

const redirectUri = 'https://app.example/callback';

async function signIn(issuer: TestIssuer, options?: AuthorizeOptions, extra: Record<string, string> = {}) {
  const verifier = randomId(32);
  const url = new URL(`${issuer.issuer}/authorize`);
  const parameters = {
    response_type: 'code',
    client_id: 'app',
    redirect_uri: redirectUri,
    scope: 'openid',
    state: 'state-1',
    nonce: 'nonce-1',
    code_challenge: await sha256Base64url(verifier),
    code_challenge_method: 'S256',
    resource: issuer.audience,
    ...extra,
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return { verifier, ...issuer.authorize(url, options) };
}

async function post(issuer: TestIssuer, form: Record<string, string>, secret = 'app-secret') {
  const response = await issuer.fetch(`${issuer.issuer}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`app:${secret}`)}` },
    body: new URLSearchParams(form),
  });
  return { status: response.status, body: await response.json() };
}

async function redeem(issuer: TestIssuer, code: string, verifier: string) {
  return post(issuer, {
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirectUri,
    code_verifier: verifier,
  });
}

async function openSession(issuer: TestIssuer) {
  const { callback, verifier, signOn } = await signIn(issuer);
  const tokens = (await redeem(issuer, callback.searchParams.get('code') ?? '', verifier)).body;
  if (!signOn) throw new Error('no sign-on session');
  return { tokens, signOn };
}

describe('the test issuer', () => {
  it('signs a person in with tokens that verify', async () => {
    const issuer = await createTestIssuer();
    const { tokens } = await openSession(issuer);
    const options = {
      issuer: issuer.issuer,
      algorithms: ['ES256'] as const,
      keys: issuer.keys.verificationKeys,
      clock: issuer.clock,
    };
    const accessToken = String(tokens.access_token);
    await expect(
      verifyAccessToken(accessToken, { ...options, audience: issuer.audience }),
    ).resolves.toMatchObject({
      sub: ada.sub,
      permissions: ['things.read', 'things.write'],
    });
    await expect(
      verifyIdToken(String(tokens.id_token), { ...options, clientId: 'app', nonce: 'nonce-1', accessToken }),
    ).resolves.toMatchObject({ sub: ada.sub, name: 'Ada Lovelace', at_hash: expect.any(String) });
  });

  it('answers at the callback with code, state and iss', async () => {
    const issuer = await createTestIssuer();
    const { callback } = await signIn(issuer);
    expect(Object.fromEntries(callback.searchParams)).toMatchObject({ state: 'state-1', iss: issuer.issuer });
  });

  it.each([
    ['access_denied', { error: 'access_denied' }, {}],
    ['login_required', {}, { prompt: 'none' }],
    ['invalid_request', {}, { code_challenge_method: 'plain' }],
  ])('answers %s where it must', async (error, options, extra) => {
    const { callback, signOn } = await signIn(await createTestIssuer(), options, extra);
    expect(callback.searchParams.get('error')).toBe(error);
    expect(signOn).toBeUndefined();
  });

  it('redeems a code once, for its own verifier and client', async () => {
    const issuer = await createTestIssuer();
    const { callback, verifier } = await signIn(issuer);
    const code = callback.searchParams.get('code') ?? '';
    expect((await redeem(issuer, code, verifier)).status).toBe(200);
    expect(await redeem(issuer, code, verifier)).toEqual({ status: 400, body: { error: 'invalid_grant' } });
    const other = await signIn(issuer);
    expect((await redeem(issuer, other.callback.searchParams.get('code') ?? '', 'wrong')).status).toBe(400);
    expect((await post(issuer, { grant_type: 'refresh_token' }, 'wrong')).status).toBe(401);
  });

  it('rotates refresh tokens and exchanges, until the sign-on session ends', async () => {
    const issuer = await createTestIssuer();
    const { tokens, signOn } = await openSession(issuer);
    const refresh = (token: unknown) =>
      post(issuer, { grant_type: 'refresh_token', refresh_token: String(token) });
    const exchange = (token: unknown) =>
      post(issuer, {
        grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
        subject_token: String(token),
        subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
        resource: 'https://other.example',
      });
    const renewed = (await refresh(tokens.refresh_token)).body;
    expect((await exchange(renewed.access_token)).body).toMatchObject({ token_type: 'Bearer' });
    issuer.signOut(signOn);
    expect((await refresh(renewed.refresh_token)).status).toBe(400);
    expect((await exchange(renewed.access_token)).status).toBe(400);
  });

  it('alters what it issues, and acts out faults, until it is told to stop', async () => {
    const issuer = await createTestIssuer();
    issuer.alter({ idToken: { claims: { nonce: 'other' } }, response: { refresh_token: undefined } });
    expect((await openSession(issuer)).tokens).not.toHaveProperty('refresh_token');
    issuer.alter();
    expect((await openSession(issuer)).tokens).toHaveProperty('refresh_token');
    issuer.fail('token', { status: 502 });
    const response = await issuer.fetch(`${issuer.issuer}/token`, { method: 'POST', body: 'grant_type=x' });
    expect(response.status).toBe(502);
    expect(issuer.requests('token')).toHaveLength(3);
  });

  it('reaches no address that isn’t its own', async () => {
    const issuer = await createTestIssuer();
    await expect(issuer.fetch('https://evil.example/jwks')).rejects.toThrow('nothing at');
  });
});
