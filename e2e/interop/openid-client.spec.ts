import { apps } from '@sso/domains';
import * as client from 'openid-client';
import { expect, test } from '../fixtures/test.ts';
import { createCookieJar } from '../support/cookie-jar.ts';
import {
  type ForeignClient,
  requireForeignClient,
  requireInitialAccessToken,
} from '../support/foreign-clients.ts';
import { actAs, walkProvider } from '../support/provider-pages.ts';
import type { EstateFacts } from '../support/shared-estate.ts';

const trusted = () => requireForeignClient('trusted');

/** All that a stranger is told: issuer, client id, secret. */
function configure({ origins }: EstateFacts, { clientId, secret }: ForeignClient, auth?: client.ClientAuth) {
  return client.discovery(new URL(origins.idp), clientId, secret, auth);
}

/** The code flow as the library's readme shows it. */
async function signIn(
  estate: EstateFacts,
  config: client.Configuration,
  parameters: Readonly<Record<string, string>> = {},
) {
  const verifier = client.randomPKCECodeVerifier();
  const [nonce, state] = [client.randomNonce(), client.randomState()];
  const address = client.buildAuthorizationUrl(config, {
    redirect_uri: trusted().redirectUri,
    scope: 'openid profile email',
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    nonce,
    state,
    ...parameters,
  });
  const jar = createCookieJar();
  const { url } = await walkProvider(jar, estate.origins.idp, address.href, actAs(estate, 'ada'));
  const tokens = await client.authorizationCodeGrant(config, new URL(url), {
    pkceCodeVerifier: verifier,
    expectedNonce: nonce,
    expectedState: state,
    idTokenExpected: true,
  });
  return { tokens, jar };
}

test.describe('openid-client, given issuer, client id and secret', () => {
  for (const [name, auth] of [
    ['client_secret_basic', client.ClientSecretBasic],
    ['client_secret_post', client.ClientSecretPost],
  ] as const) {
    test(`signs somebody in by ${name} with an RS256 ID token it verifies itself`, async ({ estate }) => {
      const config = await configure(estate, trusted(), auth(trusted().secret));
      client.enableNonRepudiationChecks(config);
      const { tokens } = await signIn(estate, config);
      expect(tokens.claims()).toMatchObject({
        iss: estate.origins.idp,
        aud: trusted().clientId,
        email: 'ada@example.com',
      });
      const [header = ''] = (tokens.id_token ?? '').split('.');
      expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toMatchObject({ alg: 'RS256' });
    });
  }

  test('reads userinfo of the same person', async ({ estate }) => {
    const config = await configure(estate, trusted());
    const { tokens } = await signIn(estate, config, { scope: 'openid profile email address phone' });
    const sub = tokens.claims()?.sub ?? '';
    const userinfo = await client.fetchUserInfo(config, tokens.access_token, sub);
    expect(userinfo).toMatchObject({
      sub,
      name: 'Ada Marlowe',
      email_verified: true,
      phone_number: '+44 20 7946 0018',
      address: { postal_code: 'SE10 8XJ' },
    });
  });

  test('refreshes, and gets a token for the API it names', async ({ estate }) => {
    const config = await configure(estate, trusted());
    client.enableNonRepudiationChecks(config);
    const { tokens } = await signIn(estate, config, { resource: apps.shop.audience });
    const renewed = await client.refreshTokenGrant(config, tokens.refresh_token ?? '');
    expect(renewed.claims()?.sub).toBe(tokens.claims()?.sub);
    expect(renewed.refresh_token).not.toBe(tokens.refresh_token);
    const products = await client.fetchProtectedResource(
      config,
      renewed.access_token,
      new URL('/api/products', estate.origins.shop),
      'GET',
    );
    expect(await products.text()).toContain('memberPrice');
  });

  test('exchanges its token for one with another audience (RFC 8693)', async ({ estate }) => {
    const config = await configure(estate, trusted());
    const { tokens } = await signIn(estate, config, { resource: apps.blog.audience });
    const exchanged = await client.genericGrantRequest(
      config,
      'urn:ietf:params:oauth:grant-type:token-exchange',
      {
        subject_token: tokens.access_token,
        subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
        resource: apps.shop.audience,
      },
    );
    const ask = (token: string) =>
      client.fetchProtectedResource(config, token, new URL('/api/products', estate.origins.shop), 'GET');
    expect((await ask(exchanged.access_token)).status).toBe(200);
    await expect(ask(tokens.access_token)).rejects.toThrow(client.WWWAuthenticateChallengeError);
  });

  test('acts for itself, without anybody (client_credentials)', async ({ estate }) => {
    const config = await configure(estate, trusted());
    const tokens = await client.clientCredentialsGrant(config, { resource: apps.shop.audience });
    const address = new URL('/api/products', estate.origins.shop);
    const products = await client.fetchProtectedResource(config, tokens.access_token, address, 'GET');
    expect(products.status).toBe(200);
    expect(tokens.refresh_token).toBeUndefined();
  });

  test('asks what a token is worth, and ends it (RFC 7662, RFC 7009)', async ({ estate }) => {
    const config = await configure(estate, trusted());
    const { tokens } = await signIn(estate, config);
    const refreshToken = tokens.refresh_token ?? '';
    const { sub } = tokens.claims() ?? {};
    expect(await client.tokenIntrospection(config, refreshToken)).toMatchObject({ active: true, sub });
    await client.tokenRevocation(config, refreshToken);
    for (const token of [refreshToken, tokens.access_token]) {
      // oxlint-disable-next-line no-await-in-loop -- two questions
      expect(await client.tokenIntrospection(config, token)).toEqual({ active: false });
    }
    const answer = client.refreshTokenGrant(config, refreshToken);
    await expect(answer).rejects.toMatchObject({ error: 'invalid_grant' });
  });

  test('signs out with its ID token as hint and comes back with its state', async ({ estate }) => {
    const config = await configure(estate, trusted());
    const { tokens, jar } = await signIn(estate, config);
    const address = client.buildEndSessionUrl(config, {
      id_token_hint: tokens.id_token ?? '',
      post_logout_redirect_uri: 'https://foreign.example/goodbye',
      state: 'see-you',
    });
    const { url } = await walkProvider(jar, estate.origins.idp, address.href, () => undefined);
    expect(url).toBe('https://foreign.example/goodbye?state=see-you');
    await expect(client.refreshTokenGrant(config, tokens.refresh_token ?? '')).rejects.toMatchObject({
      error: 'invalid_grant',
    });
  });

  test('registers itself with an initial access token, and is a stranger like any other', async ({
    estate,
  }) => {
    const registered = await client.dynamicClientRegistration(
      new URL(estate.origins.idp),
      { client_name: 'Comet Post', redirect_uris: [trusted().redirectUri] },
      undefined,
      { initialAccessToken: requireInitialAccessToken() },
    );
    const { tokens } = await signIn(estate, registered);
    expect(tokens.claims()?.aud).toBe(registered.clientMetadata().client_id);
    const greedy = signIn(estate, registered, { resource: apps.shop.audience });
    await expect(greedy).rejects.toMatchObject({ error: 'invalid_target' });
  });

  test('is told what went wrong in words of the specification', async ({ estate }) => {
    const config = await configure(estate, trusted());
    const address = client.buildAuthorizationUrl(config, {
      redirect_uri: trusted().redirectUri,
      scope: 'openid',
      prompt: 'none',
      state: 'quiet',
      code_challenge: await client.calculatePKCECodeChallenge(client.randomPKCECodeVerifier()),
      code_challenge_method: 'S256',
    });
    const { url } = await walkProvider(createCookieJar(), estate.origins.idp, address.href, () => undefined);
    const answer = client.authorizationCodeGrant(config, new URL(url), { expectedState: 'quiet' });
    await expect(answer).rejects.toMatchObject({ error: 'login_required' });
  });

  test('with a wrong secret gets 401 and a challenge (RFC 6749 §5.2)', async ({ estate }) => {
    const config = await configure(estate, { ...trusted(), secret: 'not the secret of this client' });
    const answer = signIn(estate, config);
    await expect(answer).rejects.toMatchObject({ status: 401, cause: [{ scheme: 'basic' }] });
  });
});
