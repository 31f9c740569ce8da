import { apps } from '@sso/domains';
import * as client from 'openid-client';
import { expect, test } from '../fixtures/test.ts';
import { createCookieJar } from '../support/cookie-jar.ts';
import {
  type ForeignClient,
  requireForeignClient,
  requireInitialAccessToken,
} from '../support/foreign-clients.ts';
import { fillAs, browseProvider } from '../support/provider-pages.ts';
import type { StackInfo } from '../support/shared-stack.ts';

const trusted = () => requireForeignClient('trusted');

/** All that a foreign client knows: issuer, client id, secret. */
function configure({ origins }: StackInfo, { clientId, secret }: ForeignClient, auth?: client.ClientAuth) {
  return client.discovery(new URL(origins.idp), clientId, secret, auth);
}

/** The code flow as the library's readme shows it. */
async function signIn(
  stack: StackInfo,
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
  const { url } = await browseProvider(jar, stack.origins.idp, address.href, fillAs(stack, 'ada'));
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
    test(`signs somebody in by ${name} with an RS256 ID token it verifies itself`, async ({ stack }) => {
      const config = await configure(stack, trusted(), auth(trusted().secret));
      client.enableNonRepudiationChecks(config);
      const { tokens } = await signIn(stack, config);
      expect(tokens.claims()).toMatchObject({
        iss: stack.origins.idp,
        aud: trusted().clientId,
        email: 'ada@example.com',
      });
      const [header = ''] = (tokens.id_token ?? '').split('.');
      expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toMatchObject({ alg: 'RS256' });
    });
  }

  test('reads userinfo of the same person', async ({ stack }) => {
    const config = await configure(stack, trusted());
    const { tokens } = await signIn(stack, config, { scope: 'openid profile email address phone' });
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

  test('refreshes, and gets a token for the API it names', async ({ stack }) => {
    const config = await configure(stack, trusted());
    client.enableNonRepudiationChecks(config);
    const { tokens } = await signIn(stack, config, { resource: apps.shop.audience });
    const renewed = await client.refreshTokenGrant(config, tokens.refresh_token ?? '');
    expect(renewed.claims()?.sub).toBe(tokens.claims()?.sub);
    expect(renewed.refresh_token).not.toBe(tokens.refresh_token);
    const products = await client.fetchProtectedResource(
      config,
      renewed.access_token,
      new URL('/api/products', stack.origins.shop),
      'GET',
    );
    expect(await products.text()).toContain('memberPrice');
  });

  test('exchanges its token for one with another audience (RFC 8693)', async ({ stack }) => {
    const config = await configure(stack, trusted());
    const { tokens } = await signIn(stack, config, { resource: apps.blog.audience });
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
      client.fetchProtectedResource(config, token, new URL('/api/products', stack.origins.shop), 'GET');
    expect((await ask(exchanged.access_token)).status).toBe(200);
    await expect(ask(tokens.access_token)).rejects.toThrow(client.WWWAuthenticateChallengeError);
  });

  test('acts for itself, without anybody (client_credentials)', async ({ stack }) => {
    const config = await configure(stack, trusted());
    const tokens = await client.clientCredentialsGrant(config, { resource: apps.shop.audience });
    const address = new URL('/api/products', stack.origins.shop);
    const products = await client.fetchProtectedResource(config, tokens.access_token, address, 'GET');
    expect(products.status).toBe(200);
    expect(tokens.refresh_token).toBeUndefined();
  });

  test('asks what a token is worth, and ends it (RFC 7662, RFC 7009)', async ({ stack }) => {
    const config = await configure(stack, trusted());
    const { tokens } = await signIn(stack, config);
    const refreshToken = tokens.refresh_token ?? '';
    const { sub } = tokens.claims() ?? {};
    expect(await client.tokenIntrospection(config, refreshToken)).toMatchObject({ active: true, sub });
    await client.tokenRevocation(config, refreshToken);
    for (const token of [refreshToken, tokens.access_token]) {
      expect(await client.tokenIntrospection(config, token)).toEqual({ active: false });
    }
    const answer = client.refreshTokenGrant(config, refreshToken);
    await expect(answer).rejects.toMatchObject({ error: 'invalid_grant' });
  });

  test('signs out with its ID token as hint and comes back with its state', async ({ stack }) => {
    const config = await configure(stack, trusted());
    const { tokens, jar } = await signIn(stack, config);
    const address = client.buildEndSessionUrl(config, {
      id_token_hint: tokens.id_token ?? '',
      post_logout_redirect_uri: 'https://foreign.example/goodbye',
      state: 'see-you',
    });
    const { url } = await browseProvider(jar, stack.origins.idp, address.href, () => undefined);
    expect(url).toBe('https://foreign.example/goodbye?state=see-you');
    await expect(client.refreshTokenGrant(config, tokens.refresh_token ?? '')).rejects.toMatchObject({
      error: 'invalid_grant',
    });
  });

  test('registers itself with an initial access token, and people are asked first, as for any foreign client', async ({
    stack,
  }) => {
    const registered = await client.dynamicClientRegistration(
      new URL(stack.origins.idp),
      { client_name: 'Comet Post', redirect_uris: [trusted().redirectUri] },
      undefined,
      { initialAccessToken: requireInitialAccessToken() },
    );
    const { tokens } = await signIn(stack, registered);
    expect(tokens.claims()?.aud).toBe(registered.clientMetadata().client_id);
    // RFC 9700 §4.11.2: nobody has checked this client's address, so nobody is sent there with an error.
    const greedy = client.buildAuthorizationUrl(registered, {
      redirect_uri: trusted().redirectUri,
      scope: 'openid',
      code_challenge: await client.calculatePKCECodeChallenge(client.randomPKCECodeVerifier()),
      code_challenge_method: 'S256',
      resource: apps.shop.audience,
    });
    const { url, page } = await browseProvider(
      createCookieJar(),
      stack.origins.idp,
      greedy.href,
      () => undefined,
    );
    expect(new URL(url).origin).toBe(stack.origins.idp);
    expect(page).toContain('invalid_target');
  });

  test('is told what went wrong in words of the specification', async ({ stack }) => {
    const config = await configure(stack, trusted());
    const address = client.buildAuthorizationUrl(config, {
      redirect_uri: trusted().redirectUri,
      scope: 'openid',
      prompt: 'none',
      state: 'quiet',
      code_challenge: await client.calculatePKCECodeChallenge(client.randomPKCECodeVerifier()),
      code_challenge_method: 'S256',
    });
    const { url } = await browseProvider(createCookieJar(), stack.origins.idp, address.href, () => undefined);
    const answer = client.authorizationCodeGrant(config, new URL(url), { expectedState: 'quiet' });
    await expect(answer).rejects.toMatchObject({ error: 'login_required' });
  });

  test('with a wrong secret gets 401 and a challenge (RFC 6749 §5.2)', async ({ stack }) => {
    const config = await configure(stack, { ...trusted(), secret: 'not the secret of this client' });
    const answer = signIn(stack, config);
    await expect(answer).rejects.toMatchObject({ status: 401, cause: [{ scheme: 'basic' }] });
  });
});
