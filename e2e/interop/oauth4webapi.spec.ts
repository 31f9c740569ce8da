import { apps } from '@sso/domains';
import { importJWK } from 'jose';
import * as oauth from 'oauth4webapi';
import { expect, test } from '../fixtures/test.ts';
import { createCookieJar } from '../support/cookie-jar.ts';
import { type ForeignClient, requireForeignClient } from '../support/foreign-clients.ts';
import { fillAs, browseProvider } from '../support/provider-pages.ts';
import type { StackInfo } from '../support/shared-stack.ts';

/** One registered client as this library sees it. */
interface Party {
  readonly as: oauth.AuthorizationServer;
  readonly client: oauth.Client;
  readonly auth: oauth.ClientAuth;
  readonly redirectUri: string;
}

async function party(
  { origins }: StackInfo,
  { clientId, redirectUri }: ForeignClient,
  auth: oauth.ClientAuth,
): Promise<Party> {
  const issuer = new URL(origins.idp);
  const as = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer));
  return { as, client: { client_id: clientId }, auth, redirectUri };
}

async function trustedParty(stack: StackInfo): Promise<Party> {
  const trusted = requireForeignClient('trusted');
  return party(stack, trusted, oauth.ClientSecretPost(trusted.secret));
}

async function signerParty(stack: StackInfo): Promise<Party> {
  const signer = requireForeignClient('signer');
  const key = await importJWK(signer.privateJwks['ES256'] ?? {});
  if (!(key instanceof CryptoKey)) throw new Error('an EC key is a CryptoKey');
  return party(stack, signer, oauth.PrivateKeyJwt({ key, kid: 'ES256' }));
}

/** The code flow leg by leg, the ID token's signature verified by the announced keys. */
async function signIn(
  stack: StackInfo,
  { as, client, auth, redirectUri }: Party,
  parameters: Readonly<Record<string, string>> = {},
) {
  const verifier = oauth.generateRandomCodeVerifier();
  const [nonce, state] = [oauth.generateRandomNonce(), oauth.generateRandomState()];
  const query = new URLSearchParams({
    client_id: client.client_id,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: 'openid email',
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    nonce,
    state,
    ...parameters,
  });
  const start = `${as.authorization_endpoint}?${query}`;
  const answered = await browseProvider(createCookieJar(), stack.origins.idp, start, fillAs(stack, 'ada'));
  const answer = new URLSearchParams([...new URL(answered.url).searchParams, ...answered.form]);
  const callback = oauth.validateAuthResponse(as, client, answer, state);
  const response = await oauth.authorizationCodeGrantRequest(
    as,
    client,
    auth,
    callback,
    redirectUri,
    verifier,
  );
  const checks = { expectedNonce: nonce, requireIdToken: true };
  const tokens = await oauth.processAuthorizationCodeResponse(as, client, response, checks);
  await oauth.validateApplicationLevelSignature(as, response);
  return { tokens, claims: oauth.getValidatedIdTokenClaims(tokens) };
}

test.describe('oauth4webapi, leg by leg', () => {
  test('signs somebody in and reads userinfo', async ({ stack }) => {
    const { as, client, ...rest } = await trustedParty(stack);
    const { tokens, claims } = await signIn(stack, { as, client, ...rest });
    const sub = claims?.sub ?? '';
    const response = await oauth.userInfoRequest(as, client, tokens.access_token);
    const userinfo = await oauth.processUserInfoResponse(as, client, sub, response);
    expect(userinfo.email).toBe('ada@example.com');
  });

  test('as an API verifies our access token with what discovery says (RFC 9068)', async ({ stack }) => {
    const trusted = await trustedParty(stack);
    const { tokens, claims } = await signIn(stack, trusted, { resource: apps.shop.audience });
    const request = new Request('https://foreign.example/api', {
      headers: { authorization: `Bearer ${tokens.access_token}` },
    });
    const token = await oauth.validateJwtAccessToken(trusted.as, request, apps.shop.audience);
    expect(token).toMatchObject({ sub: claims?.sub, client_id: 'foreign-trusted' });
    const elsewhere = oauth.validateJwtAccessToken(trusted.as, request, apps.blog.audience);
    await expect(elsewhere).rejects.toThrow(/aud/);
  });

  test('on somebody’s own machine needs no secret and takes any port (RFC 8252 §7.3)', async ({ stack }) => {
    const native = await party(stack, requireForeignClient('native'), oauth.None());
    const redirectUri = 'http://127.0.0.1:49152/callback';
    const { tokens } = await signIn(stack, { ...native, redirectUri });
    const { as, client, auth } = native;
    const response = await oauth.refreshTokenGrantRequest(as, client, auth, tokens.refresh_token ?? '');
    const renewed = await oauth.processRefreshTokenResponse(as, client, response);
    expect(renewed.refresh_token).toMatch(/./);
  });

  test('gets the answer as a form where it asks for that', async ({ stack }) => {
    const trusted = await trustedParty(stack);
    const { claims } = await signIn(stack, trusted, { response_mode: 'form_post' });
    expect(claims?.['email']).toBe('ada@example.com');
  });

  test('proves itself by a key: private_key_jwt (RFC 7523)', async ({ stack }) => {
    const { claims } = await signIn(stack, await signerParty(stack));
    expect(claims?.aud).toBe('foreign-signer');
  });

  test('pushes the request first (RFC 9126)', async ({ stack }) => {
    const { as, client, auth, redirectUri } = await signerParty(stack);
    const verifier = oauth.generateRandomCodeVerifier();
    const request = {
      redirect_uri: redirectUri,
      response_type: 'code',
      scope: 'openid',
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    };
    const pushed = await oauth.processPushedAuthorizationResponse(
      as,
      client,
      await oauth.pushedAuthorizationRequest(as, client, auth, request),
    );
    const query = new URLSearchParams({ client_id: client.client_id, request_uri: pushed.request_uri });
    const start = `${as.authorization_endpoint}?${query}`;
    const { url } = await browseProvider(createCookieJar(), stack.origins.idp, start, fillAs(stack, 'ada'));
    const callback = oauth.validateAuthResponse(as, client, new URL(url), oauth.expectNoState);
    const tokens = await oauth.processAuthorizationCodeResponse(
      as,
      client,
      await oauth.authorizationCodeGrantRequest(as, client, auth, callback, redirectUri, verifier),
    );
    expect(oauth.getValidatedIdTokenClaims(tokens)?.aud).toBe('foreign-signer');
  });
});
