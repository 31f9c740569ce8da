import { describe, expect, it } from 'vitest';
import { MINUTE } from '../foundation/index.ts';
import { openTestSite, type TestSite } from '../testing/index.ts';

type Alteration = NonNullable<Parameters<TestSite['issuer']['alter']>[0]>;

const sessionOf = ({ site, browser }: TestSite) =>
  site.getSession(browser.request('/').headers.get('cookie'));
const jwkWith = async ({ issuer }: TestSite, members: object): Promise<Alteration> => {
  const { keys } = issuer.keys.jwks();
  return { jwks: { keys: keys.map((key) => ({ ...key, ...members })) } };
};

describe('a member that is null or empty counts as absent', () => {
  it.each<readonly [what: string, make: (test: TestSite) => Alteration | Promise<Alteration>]>([
    ['refresh_token: null', () => ({ response: { refresh_token: null } })],
    ['an empty refresh_token', () => ({ response: { refresh_token: '' } })],
    ['scope: null', () => ({ response: { scope: null } })],
    ['an empty scope', () => ({ response: { scope: '' } })],
    ['expires_in: null', () => ({ response: { expires_in: null } })],
    ['an empty expires_in', () => ({ response: { expires_in: '' } })],
    ['a member that nobody knows: null', () => ({ response: { not_before_policy: null } })],
    ['use: null in a JWK', (test) => jwkWith(test, { use: null })],
    ['key_ops: null in a JWK', (test) => jwkWith(test, { key_ops: null })],
    ['alg: null in a JWK', (test) => jwkWith(test, { alg: null })],
    ['x5c: null in a JWK', (test) => jwkWith(test, { x5c: null })],
    ['metadata of null', () => ({ metadata: { userinfo_endpoint: null, scopes_supported: null } })],
    [
      'metadata of null where the library wants a list or a flag',
      () => ({
        metadata: {
          code_challenge_methods_supported: null,
          authorization_response_iss_parameter_supported: null,
          token_endpoint_auth_methods_supported: null,
        },
      }),
    ],
    [
      'claims of null',
      () => ({
        idToken: { claims: { auth_time: null, acr: null, amr: null, azp: null, nbf: null, at_hash: null } },
      }),
    ],
    [
      'claims of null in an access token',
      () => ({
        accessToken: { claims: { sid: null, acr: null, amr: null, nbf: null, scope: null, auth_time: null } },
        idToken: { claims: { at_hash: undefined } },
      }),
    ],
  ])('at a login: %s', async (_what, make) => {
    const test = await openTestSite();
    test.issuer.alter(await make(test));
    expect((await test.browser.signIn()).status).toBe(303);
    expect(await sessionOf(test)).toBeDefined();
  });

  it.each<readonly [what: string, response: Record<string, unknown>]>([
    ['refresh_token: null', { refresh_token: null }],
    ['an empty refresh_token', { refresh_token: '' }],
    ['id_token: null', { id_token: null }],
    ['an empty id_token', { id_token: '' }],
    ['scope: null', { scope: null }],
    ['expires_in: null', { expires_in: null }],
  ])('at a refresh: %s', async (_what, response) => {
    const test = await openTestSite();
    await test.browser.signIn();
    test.issuer.alter({ response });
    test.issuer.clock.advance(9 * MINUTE);
    const { session } = await test.requestPage();
    expect(session?.times.accessTokenExpiresAt).toBeGreaterThan(test.issuer.clock() + MINUTE);
    expect(test.events.map(({ type }) => type)).not.toContain('refresh.failed');
  });

  it.each([
    ['id_token: null', { id_token: null }],
    ['access_token: null', { access_token: null }],
    ['token_type missing', { token_type: undefined }],
    ['token_type: null', { token_type: null }],
    ['expires_in that is no number', { expires_in: 'soon' }],
    ['refresh_token that is a number', { refresh_token: 7 }],
    ['id_token that is a number', { id_token: 7 }],
  ])(
    'what a login needs is missed for good, and the page does not say "try again": %s',
    async (_what, response) => {
      const test = await openTestSite();
      test.issuer.alter({ response });
      expect((await test.browser.signIn()).status).toBe(400);
      expect(test.events).toContainEqual(
        expect.objectContaining({ type: 'callback.rejected', code: 'code_redemption_failed' }),
      );
    },
  );
});

describe('an answer that can’t be used signs nobody out', () => {
  it.each([
    ['token_type missing', { token_type: undefined }],
    ['access_token: null', { access_token: null }],
    ['id_token that is a number', { id_token: 7 }],
    ['expires_in that is no number', { expires_in: 'soon' }],
  ])('%s', async (_what, response) => {
    const test = await openTestSite();
    await test.browser.signIn();
    test.issuer.alter({ response });
    test.issuer.clock.advance(9 * MINUTE);
    // Longer than the provider answers an old refresh token again: only the rotated one counts by now.
    for (let round = 0; round < 4; round += 1) {
      expect((await test.requestPage()).session).toBeDefined();
      test.issuer.clock.advance(15);
    }
    expect(test.events).toContainEqual(
      expect.objectContaining({ type: 'refresh.failed', code: 'refresh_failed', transient: false }),
    );
    test.issuer.alter();
    const { session } = await test.requestPage();
    expect(session?.times.accessTokenExpiresAt).toBeGreaterThan(test.issuer.clock() + MINUTE);
  });
});
