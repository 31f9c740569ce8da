import { createRawRelyingParty, dpopContract, issuerContract } from '@sso/auth/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { type Browser } from './browser.ts';
import { type TestProvider, openTestProvider } from './test-provider.ts';
import { BLOG_API, clients, ISSUER, people, SHOP_API } from './registrations.ts';

const client = (name: string) => ({
  clientId: name,
  clientSecret: clients.find(({ client_id }) => client_id === name)?.client_secret ?? '',
  redirectUri: `https://${name}.example/auth/callback`,
  postLogoutRedirectUri: `https://${name}.example/auth/logged-out`,
});

/** Follows the provider's redirects, and fills in its form as Ada. */
async function go(browser: Browser, address: string): Promise<URL> {
  const [ada] = people;
  let url = new URL(address);
  for (let step = 0; step < 8 && url.origin === ISSUER; step += 1) {
    const page = await browser.get(url.pathname + url.search);
    const isForm = page.status === 200;
    const answer = isForm
      ? await browser.post(url.pathname, { username: ada?.username ?? '', password: ada?.password ?? '' })
      : page;
    url = new URL(answer.headers.get('location') ?? '', url);
  }
  return url;
}

function createContractIssuer(idp: TestProvider) {
  return createRawRelyingParty({
    issuer: ISSUER,
    fetch: (input, init) => idp.fetch(new Request(input, init)),
    clients: [client('shop'), client('blog')],
    pairwise: client('hidden'),
    audiences: [SHOP_API, BLOG_API],
    sub: 'sub-ada',
    clock: idp.provider.clock,
    advance: (seconds) => idp.advanceClock(seconds),
    rotateKeys: () => idp.provider.keys.rotate('ES256'),
    newBrowser() {
      const own = idp.browser();
      return { go: (address) => go(own, address) };
    },
  });
}

describe('the provider does what the test issuer of @sso/auth/testing does:', async () => {
  const idp = await openTestProvider();
  afterAll(() => idp[Symbol.asyncDispose]());
  const actor = createContractIssuer(idp);

  it.each(issuerContract)('%s', async (_what, prove) => expect(prove(actor)).resolves.toBeUndefined());
  it.each(dpopContract)('DPoP %s', async (_what, prove) => expect(prove(actor)).resolves.toBeUndefined());
});
