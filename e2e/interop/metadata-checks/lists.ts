import { permissionsOfAudience, permissionsOfRoles } from '@sso/auth/access';
import { access, relyingParties } from '@sso/domains';
import { z } from 'zod';
import { expect } from '../../fixtures/test.ts';
import type { GenericClient } from '../../support/generic-client.ts';
import { tokensOf } from '../../support/tokens.ts';
import { authentication } from './authentication.ts';
import { type Check, each } from './check.ts';
import { claimsCheck } from './claims.ts';
import { bindsTokens } from './dpop.ts';
import { grants } from './grants.ts';

/** The members that list values. */
export const lists: Readonly<Record<string, Check>> = {
  ...authentication,
  grant_types_supported: each(grants),
  claims_supported: claimsCheck,

  scopes_supported: each({
    openid: async (client) => expect((await client.login()).idToken).toMatch(/./),
    profile: (client) => disclosed(client, 'profile', 'given_name'),
    email: (client) => disclosed(client, 'email', 'email'),
    address: (client) => disclosed(client, 'address', 'address'),
    phone: (client) => disclosed(client, 'phone', 'phone_number'),
    offline_access: async (client) => {
      const asked = { scope: 'openid offline_access', prompt: 'consent' };
      const { reply } = await client.login(asked, { as: 'third' });
      expect(reply.body['scope']).toContain('offline_access');
    },
    ...Object.fromEntries(
      relyingParties.flatMap(({ audience }) =>
        permissionsOfAudience(access, audience).map((permission) => [
          permission,
          (client: GenericClient, scope: string) => granted(client, scope, audience),
        ]),
      ),
    ),
  }),

  response_types_supported: each({
    code: async (client, response_type) => {
      const { answer } = await client.authorize({ response_type });
      expect(answer.get('code')).toMatch(/./);
    },
  }),

  response_modes_supported: each({
    query: async (client, response_mode) => {
      const { url } = await client.authorize({ response_mode });
      expect(new URL(url).searchParams.get('code')).toMatch(/./);
    },
    form_post: async (client, response_mode) => {
      const { url, form } = await client.authorize({ response_mode });
      expect(url).toBe('https://foreign.example/callback');
      expect(Object.fromEntries(form)).toMatchObject({
        code: expect.stringMatching(/./),
        state: 'as it was',
      });
    },
  }),

  subject_types_supported: each({
    public: async (client) => {
      const here = await client.login();
      const there = await client.login({}, { as: 'old' });
      expect(there.claims.sub).toBe(here.claims.sub);
    },
    pairwise: async (client) => {
      const [one, again] = [await client.login(), await client.login({}, { as: 'stranger' })];
      expect(again.claims.sub).not.toBe(one.claims.sub);
      expect((await client.login({}, { as: 'stranger' })).claims.sub).toBe(again.claims.sub);
    },
  }),

  id_token_signing_alg_values_supported: each({
    RS256: async (client, alg) => signedBy(client, alg, (await client.login()).idToken),
    ES256: async (client, alg) =>
      signedBy(client, alg, (await tokensOf(client.stack, 'shop', 'ada')).id_token),
    EdDSA: async (client, alg) => signedBy(client, alg, (await client.login({}, { as: 'old' })).idToken),
  }),

  code_challenge_methods_supported: each({
    S256: async (client) => {
      const { answer } = await client.authorize();
      const code = answer.get('code') ?? '';
      const form = { grant_type: 'authorization_code', redirect_uri: 'https://foreign.example/callback' };
      const wrong = { ...form, code, code_verifier: 'v'.repeat(43) };
      expect((await client.post('token_endpoint', wrong)).body['error']).toBe('invalid_grant');
    },
  }),

  dpop_signing_alg_values_supported: each({
    ES256: bindsTokens,
    EdDSA: bindsTokens,
    PS256: bindsTokens,
    RS256: bindsTokens,
  }),

  prompt_values_supported: each({
    none: async (client, prompt) => {
      const { jar } = await client.login();
      const signedIn = await client.authorize({ prompt }, { jar });
      expect(signedIn.answer.get('code')).toMatch(/./);
      expect((await client.authorize({ prompt })).answer.get('error')).toBe('login_required');
    },
    login: (client, prompt) => showsAPage(client, { prompt }, 'name="password"'),
    select_account: (client, prompt) => showsAPage(client, { prompt }, 'Choose an account'),
    consent: (client, prompt) => showsAPage(client, { prompt }, 'foreign-trusted'),
  }),

  acr_values_supported: each({
    pwd: async (client, acr_values) => expect((await client.login({ acr_values })).claims['acr']).toBe('pwd'),
  }),

  claim_types_supported: each({
    normal: async (client) => {
      const { claims } = await client.login({ scope: 'openid profile' });
      expect(claims).not.toHaveProperty('_claim_names');
      expect(claims['name']).toBe('Ada Marlowe');
    },
  }),
};

async function disclosed(client: GenericClient, scope: string, claim: string): Promise<void> {
  const { accessToken } = await client.login({ scope: `openid ${scope}` });
  const headers = { authorization: `Bearer ${accessToken}` };
  const userinfo = await (await fetch(client.endpoint('userinfo_endpoint'), { headers })).json();
  expect(userinfo).toHaveProperty(claim);
}

/** The scope is understood, and the permission is there for those who hold it. */
async function granted(client: GenericClient, scope: string, resource: string): Promise<void> {
  const held = permissionsOfRoles(access, ['member'], resource);
  const { accessToken } = await client.login({ scope: `openid ${scope}`, resource });
  const { claims } = await client.verify(accessToken);
  expect(claims).toMatchObject({ aud: resource, permissions: held.filter((name) => name === scope) });
}

async function signedBy(client: GenericClient, alg: string, token: string): Promise<void> {
  expect((await client.verify(token)).alg).toBe(alg);
}

/** Somebody who is signed in gets a page all the same. */
async function showsAPage(
  client: GenericClient,
  parameters: Readonly<Record<string, string>>,
  content: string,
): Promise<void> {
  const { jar } = await client.login();
  const { url, page } = await client.authorize(parameters, { jar, fillForm: () => undefined });
  expect(z.url().parse(url)).toContain(client.stack.origins.idp);
  expect(page).toContain(content);
}
