import { apps } from '@sso/domains';
import { z } from 'zod';
import { expect } from '../../fixtures/test.ts';
import type { Stranger } from '../../support/stranger.ts';
import { tokensOf } from '../../support/tokens.ts';
import { authentication } from './authentication.ts';
import { type Check, each } from './check.ts';
import { claimsCheck } from './claims.ts';
import { grants } from './grants.ts';

/** The members that list values. */
export const lists: Readonly<Record<string, Check>> = {
  ...authentication,
  grant_types_supported: each(grants),
  claims_supported: claimsCheck,

  scopes_supported: each({
    openid: async (stranger) => expect((await stranger.login()).idToken).toMatch(/./),
    profile: (stranger) => disclosed(stranger, 'profile', 'given_name'),
    email: (stranger) => disclosed(stranger, 'email', 'email'),
    address: (stranger) => disclosed(stranger, 'address', 'address'),
    phone: (stranger) => disclosed(stranger, 'phone', 'phone_number'),
    offline_access: async (stranger) => {
      const asked = { scope: 'openid offline_access', prompt: 'consent' };
      const { reply } = await stranger.login(asked, { as: 'third' });
      expect(reply.body['scope']).toContain('offline_access');
    },
    'shop:products.read': (stranger, scope) => granted(stranger, scope, apps.shop.audience),
    'shop:prices.member': (stranger, scope) => granted(stranger, scope, apps.shop.audience),
    'blog:posts.read': (stranger, scope) => granted(stranger, scope, apps.blog.audience),
    // Ada is no editor: the scope is understood, and what she lacks is left out.
    'blog:drafts.read': async (stranger, scope) => {
      const { accessToken } = await stranger.login({
        scope: `openid ${scope}`,
        resource: apps.blog.audience,
      });
      expect((await stranger.verify(accessToken)).claims['permissions']).toEqual([]);
    },
  }),

  response_types_supported: each({
    code: async (stranger, response_type) => {
      const { answer } = await stranger.authorize({ response_type });
      expect(answer.get('code')).toMatch(/./);
    },
  }),

  response_modes_supported: each({
    query: async (stranger, response_mode) => {
      const { url } = await stranger.authorize({ response_mode });
      expect(new URL(url).searchParams.get('code')).toMatch(/./);
    },
    form_post: async (stranger, response_mode) => {
      const { url, form } = await stranger.authorize({ response_mode });
      expect(url).toBe('https://foreign.example/callback');
      expect(Object.fromEntries(form)).toMatchObject({
        code: expect.stringMatching(/./),
        state: 'as it was',
      });
    },
  }),

  subject_types_supported: each({
    public: async (stranger) => {
      const here = await stranger.login();
      const there = await stranger.login({}, { as: 'old' });
      expect(there.claims.sub).toBe(here.claims.sub);
    },
  }),

  id_token_signing_alg_values_supported: each({
    RS256: async (stranger, alg) => signedBy(stranger, alg, (await stranger.login()).idToken),
    ES256: async (stranger, alg) =>
      signedBy(stranger, alg, (await tokensOf(stranger.estate, 'shop', 'ada')).id_token),
    EdDSA: async (stranger, alg) =>
      signedBy(stranger, alg, (await stranger.login({}, { as: 'old' })).idToken),
  }),

  code_challenge_methods_supported: each({
    S256: async (stranger) => {
      const { answer } = await stranger.authorize();
      const code = answer.get('code') ?? '';
      const form = { grant_type: 'authorization_code', redirect_uri: 'https://foreign.example/callback' };
      const wrong = { ...form, code, code_verifier: 'v'.repeat(43) };
      expect((await stranger.post('token_endpoint', wrong)).body['error']).toBe('invalid_grant');
    },
  }),

  prompt_values_supported: each({
    none: async (stranger, prompt) => {
      const { jar } = await stranger.login();
      const signedIn = await stranger.authorize({ prompt }, { jar });
      expect(signedIn.answer.get('code')).toMatch(/./);
      expect((await stranger.authorize({ prompt })).answer.get('error')).toBe('login_required');
    },
    login: (stranger, prompt) => showsAPage(stranger, { prompt }, 'name="password"'),
    select_account: (stranger, prompt) => showsAPage(stranger, { prompt }, 'Choose an account'),
    consent: (stranger, prompt) => showsAPage(stranger, { prompt }, 'foreign-trusted'),
  }),

  acr_values_supported: each({
    pwd: async (stranger, acr_values) =>
      expect((await stranger.login({ acr_values })).claims['acr']).toBe('pwd'),
  }),

  claim_types_supported: each({
    normal: async (stranger) => {
      const { claims } = await stranger.login({ scope: 'openid profile' });
      expect(claims).not.toHaveProperty('_claim_names');
      expect(claims['name']).toBe('Ada Marlowe');
    },
  }),
};

async function disclosed(stranger: Stranger, scope: string, claim: string): Promise<void> {
  const { accessToken } = await stranger.login({ scope: `openid ${scope}` });
  const headers = { authorization: `Bearer ${accessToken}` };
  const userinfo = await (await fetch(stranger.endpoint('userinfo_endpoint'), { headers })).json();
  expect(userinfo).toHaveProperty(claim);
}

async function granted(stranger: Stranger, scope: string, resource: string): Promise<void> {
  const { accessToken } = await stranger.login({ scope: `openid ${scope}`, resource });
  const { claims } = await stranger.verify(accessToken);
  expect(claims).toMatchObject({ aud: resource, permissions: [scope] });
}

async function signedBy(stranger: Stranger, alg: string, token: string): Promise<void> {
  expect((await stranger.verify(token)).alg).toBe(alg);
}

/** Somebody who is signed in gets a page all the same. */
async function showsAPage(
  stranger: Stranger,
  parameters: Readonly<Record<string, string>>,
  content: string,
): Promise<void> {
  const { jar } = await stranger.login();
  const { url, page } = await stranger.authorize(parameters, { jar, act: () => undefined });
  expect(z.url().parse(url)).toContain(stranger.estate.origins.idp);
  expect(page).toContain(content);
}
