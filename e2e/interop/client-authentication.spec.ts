import { importSigningKey } from '@sso/auth/tokens';
import { exportJWK, generateKeyPair } from 'jose';
import { z } from 'zod';
import { expect, test } from '../fixtures/test.ts';
import { requireInitialAccessToken } from '../support/foreign-clients.ts';
import { openOwnSite, ownClient } from '../support/own-site.ts';
import { fillAs } from '../support/provider-pages.ts';
import type { StackInfo } from '../support/shared-stack.ts';

const registered = z.object({ client_id: z.string(), client_secret: z.string().optional() });

/** Registers the site at the provider (RFC 7591), as it is to prove itself there. */
async function register(stack: StackInfo, metadata: object) {
  const { client_id: _id, client_secret: _secret, ...site } = ownClient;
  const response = await fetch(`${stack.origins.idp}/register`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${requireInitialAccessToken()}`,
    },
    body: JSON.stringify({ ...site, id_token_signed_response_alg: 'ES256', ...metadata }),
  });
  const { client_id: clientId, client_secret: clientSecret } = registered.parse(await response.json());
  return { clientId, clientSecret };
}

async function createKey() {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  const named = { kid: 'own', alg: 'ES256' };
  return {
    clientKey: await importSigningKey({ ...(await exportJWK(privateKey)), ...named }),
    jwks: { keys: [{ ...(await exportJWK(publicKey)), ...named, use: 'sig' }] },
  };
}

test.describe('our relying party proves itself', () => {
  for (const method of ['client_secret_basic', 'client_secret_post'] as const) {
    test(`by ${method}: signs in, renews and signs out`, async ({ stack }) => {
      const { clientId, clientSecret = '' } = await register(stack, { token_endpoint_auth_method: method });
      await goThrough(stack, { clientId, clientSecret, clientSecretMethod: method });
    });
  }

  test('by private_key_jwt (RFC 7523): signs in, renews and signs out', async ({ stack }) => {
    const { clientKey, jwks } = await createKey();
    const { clientId } = await register(stack, { token_endpoint_auth_method: 'private_key_jwt', jwks });
    await goThrough(stack, { clientId, clientKey, clientSecret: null });
  });

  test('by PKCE alone, where the client is public', async ({ stack }) => {
    const { clientId } = await register(stack, { token_endpoint_auth_method: 'none' });
    await goThrough(stack, { clientId, clientSecret: null });
  });
});

async function goThrough(stack: StackInfo, { clientSecret, ...own }: OwnProof): Promise<void> {
  const issuer = stack.origins.idp;
  // Due after five seconds: the site's clock moves, the provider's does not.
  const lifetimes = { refreshBeforeSeconds: 595 };
  const site = openOwnSite({ issuer, algorithms: ['ES256'], lifetimes, ...own }, clientSecret);
  const fillForm = fillAs(stack, 'ada');
  const answer = await site.signIn(fillForm);
  expect(site.refusals).toEqual([]);
  expect(answer.headers.get('location')).toBe('https://observatory.example/stars');
  const before = await site.session();
  site.wait(10);
  const { session } = await site.party.refreshSession(site.jar.header(site.party.baseUrl));
  expect(session?.times.accessTokenExpiresAt).toBeGreaterThan(before?.times.accessTokenExpiresAt ?? 0);
  expect(new URL((await site.signOut(fillForm)).url).pathname).toBe('/auth/logged-out');
  expect(site.refusals).toEqual([]);
}

type OwnProof = Pick<Parameters<typeof openOwnSite>[0], 'clientId' | 'clientKey' | 'clientSecretMethod'> & {
  readonly clientSecret: string | null;
};
