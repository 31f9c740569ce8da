import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { locationOf } from '../../test/browser.ts';
import { ISSUER } from '../../test/registrations.ts';
import { openTestProvider, signIn, type TestProvider } from '../../test/test-provider.ts';

describe('the page of what a person may do', () => {
  let idp: TestProvider;
  beforeAll(async () => {
    idp = await openTestProvider();
  });
  afterAll(() => idp[Symbol.asyncDispose]());

  /** The page's items as text. */
  async function itemsFor(roles: readonly string[]): Promise<string[]> {
    await idp.provider.store.setRoles('ada', roles, idp.provider.clock());
    const browser = idp.browser();
    await signIn(browser);
    const response = await browser.get('/account/access');
    expect(response.headers.get('cache-control')).toBe('no-store');
    const page = await response.text();
    return [...page.matchAll(/<li class="(?:yes|no)">(.*?)<\/li>/gs)].map(([, item = '']) =>
      item
        .replaceAll(/<[^>]+>/g, '')
        .replaceAll(/\s+/g, ' ')
        .trim(),
    );
  }

  it('says where and through which role, all from the contract', async () => {
    expect((await itemsFor(['reader', 'member'])).slice(0, 6)).toEqual([
      'See products shop:products.read as reader, member',
      'See member prices shop:prices.member as member',
      'Read posts blog:posts.read as reader, member',
      'Read drafts blog:drafts.read as member',
      'Read old things old:things.read as member',
      'Read new things new:things.read as member',
    ]);
  });

  it('says which role would bring what is missing', async () => {
    const items = await itemsFor(['reader']);
    expect(items).toContain('See products shop:products.read as reader');
    expect(items).toContain('Not: See member prices shop:prices.member comes with member');
  });

  it('says that without a role one may do what visitors may, and that an unknown role brings nothing', async () => {
    for (const roles of [[], ['constructor']]) {
      for (const item of await itemsFor(roles)) expect(item).toMatch(/^Not: /);
    }
  });

  it('leads somebody who is not signed in to the account page', async () => {
    const response = await idp.browser().get('/account/access');
    expect(response.status).toBe(303);
    expect(locationOf(response).href).toBe(`${ISSUER}/account`);
  });
});
