import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { createRelyingParty } from '../../client/index.ts';
import { createTestBrowser, openTestSite, type TestPerson } from '../index.ts';

const blog = 'https://blog.example/api';

/** A site of this person, and what an exchange of its token gives at the blog. */
async function permissionsAtBlog(person: TestPerson, scope = 'openid'): Promise<unknown> {
  const test = await openTestSite({ scope });
  await test.browser.signIn({ person });
  const token = await test.site.tokenFor(test.browser.request('/').headers.get('cookie'), blog);
  return decodeJwt(token)['permissions'];
}

const person = (atBlog: readonly string[]): TestPerson => ({
  sub: 'bob',
  permissions: { 'https://api.example': ['things.read'], [blog]: atBlog },
});

describe('T-40 an exchange at the test issuer', () => {
  it('gives what the person holds at the other API', async () => {
    expect(await permissionsAtBlog(person(['posts.read']))).toEqual(['posts.read']);
  });

  it('gives the permission of the other API that the login named, and no other', async () => {
    const both = person(['posts.read', 'posts.write']);
    expect(await permissionsAtBlog(both, 'openid things.read posts.read')).toEqual(['posts.read']);
  });

  it.each([
    ['the person holds nothing there', 'openid', person([])],
    ['the login named permissions of its own API only', 'openid things.read', person(['posts.read'])],
  ])('is refused where %s', async (_what, scope, who) => {
    await expect(permissionsAtBlog(who, scope)).rejects.toMatchObject({
      code: 'token_exchange_rejected',
      message: expect.stringContaining('invalid_target'),
    });
  });

  it('is refused to a public client, which proves nothing', async () => {
    const { issuer, options } = await openTestSite({}, { clients: [{ clientId: 'app' }] });
    const { clientSecret: _secret, ...publicOptions } = options;
    const site = createRelyingParty(publicOptions);
    const browser = createTestBrowser({ handler: site.handler, baseUrl: site.baseUrl, issuer });
    await browser.signIn();
    const cookie = browser.request('/').headers.get('cookie');
    await expect(site.tokenFor(cookie, blog)).rejects.toMatchObject({
      message: expect.stringContaining('unauthorized_client'),
    });
  });
});
