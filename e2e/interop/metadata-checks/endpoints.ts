import { createRemoteJWKSet, jwtVerify } from 'jose';
import { z } from 'zod';
import { expect } from '../../fixtures/test.ts';
import { visit } from '../../support/cookie-jar.ts';
import { requireInitialAccessToken } from '../../support/foreign-clients.ts';
import { send } from '../../support/send.ts';
import type { GenericClient } from '../../support/generic-client.ts';
import type { Check } from './check.ts';

const jwks = z.object({ keys: z.array(z.record(z.string(), z.unknown())).min(1) });

/** The members that name the provider or an address of it. */
export const endpoints: Readonly<Record<string, Check>> = {
  issuer: async (client, issuer) => {
    expect(issuer).toBe(client.stack.origins.idp);
    const { answer } = await client.authorize();
    expect(answer.get('iss')).toBe(issuer);
    expect((await client.login()).claims.iss).toBe(issuer);
  },

  authorization_endpoint: async (client, endpoint) => {
    const { answer } = await client.authorize();
    expect(answer.get('code')).toMatch(/./);
    expect(answer.get('state')).toBe('as it was');
    // OIDC Core §3.1.2.1: by POST as well. Nothing is asked for, so a page says what is missing.
    const bare = await send(z.url().parse(endpoint), { method: 'POST', form: new URLSearchParams() });
    expect(bare.status).toBe(400);
    expect(await bare.text()).toContain('client_id is missing');
  },

  token_endpoint: async (client) => {
    const { reply } = await client.login();
    expect(reply.body).toMatchObject({ token_type: 'Bearer', expires_in: expect.any(Number) });
    expect(reply.headers.get('cache-control')).toContain('no-store');
  },

  userinfo_endpoint: async (client, endpoint) => {
    const { accessToken, claims } = await client.login();
    for (const method of ['GET', 'POST']) {
      const headers = { authorization: `Bearer ${accessToken}` };
      const response = await fetch(z.url().parse(endpoint), { method, headers });
      expect(await response.json()).toEqual({ sub: claims.sub });
    }
  },

  jwks_uri: async (client, endpoint) => {
    const { idToken, accessToken } = await client.login();
    const address = new URL(z.url().parse(endpoint));
    const keys = createRemoteJWKSet(address);
    await jwtVerify(idToken, keys, { issuer: client.stack.origins.idp });
    await jwtVerify(accessToken, keys, { typ: 'at+jwt' });
    // G-04: the published keys hold no member of a private key.
    const published = jwks.parse(await (await fetch(address)).json()).keys;
    for (const key of published) {
      expect(Object.keys(key)).toEqual(expect.arrayContaining(['kty', 'kid', 'alg', 'use']));
      for (const member of ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k']) expect(key).not.toHaveProperty(member);
    }
  },

  end_session_endpoint: async (client, endpoint) => {
    const { jar, idToken, refreshToken } = await client.login();
    const query = new URLSearchParams({ id_token_hint: idToken });
    const answer = await visit(jar, `${z.url().parse(endpoint)}?${query}`);
    expect(answer.status).toBe(303);
    const refreshed = await refresh(client, refreshToken);
    expect(refreshed.body['error']).toBe('invalid_grant');
    const again = await client.authorize({ prompt: 'none' }, { jar });
    expect(again.answer.get('error')).toBe('login_required');
  },

  introspection_endpoint: async (client) => {
    const { accessToken, refreshToken, claims } = await client.login();
    const { sub } = claims;
    for (const token of [accessToken, refreshToken]) {
      const { body } = await client.post('introspection_endpoint', { token });
      expect(body).toMatchObject({ active: true, sub, client_id: 'foreign-trusted' });
    }
    const unknown = await client.post('introspection_endpoint', { token: 'nothing we ever gave' });
    expect(unknown.body).toEqual({ active: false });
  },

  revocation_endpoint: async (client) => {
    const { refreshToken } = await client.login();
    const revoked = await client.post('revocation_endpoint', { token: refreshToken });
    expect(revoked.status).toBe(200);
    expect((await refresh(client, refreshToken)).body['error']).toBe('invalid_grant');
    const unknown = await client.post('revocation_endpoint', { token: 'nothing we ever gave' });
    expect(unknown.status).toBe(200);
  },

  pushed_authorization_request_endpoint: async (client) => {
    const { pushed, request_uri } = await push(client);
    expect(pushed.status).toBe(201);
    const { answer } = await client.authorize({ request_uri });
    expect(answer.get('code')).toMatch(/./);
    expect(answer.get('state')).toBe('pushed');
  },

  registration_endpoint: async (_client, endpoint) => {
    const address = z.url().parse(endpoint);
    const metadata = JSON.stringify({ redirect_uris: ['https://new.example/callback'] });
    const register = (authorization?: string) =>
      fetch(address, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(authorization && { authorization }) },
        body: metadata,
      });
    expect((await register()).status).toBe(401);
    const registered = await register(`Bearer ${requireInitialAccessToken()}`);
    expect(registered.status).toBe(201);
    expect(await registered.json()).toMatchObject({
      client_id: expect.stringMatching(/./),
      client_secret: expect.stringMatching(/./),
    });
  },
};

async function refresh(client: GenericClient, refresh_token: string) {
  return client.post('token_endpoint', { grant_type: 'refresh_token', refresh_token });
}

async function push(client: GenericClient) {
  const pushed = await client.post('pushed_authorization_request_endpoint', {
    response_type: 'code',
    redirect_uri: 'https://foreign.example/callback',
    scope: 'openid',
    state: 'pushed',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
  });
  return { pushed, request_uri: z.string().catch('').parse(pushed.body['request_uri']) };
}
