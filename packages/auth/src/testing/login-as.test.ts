import { describe, expect, it } from 'vitest';
import { createRelyingParty } from '../client/index.ts';
import { randomId } from '../foundation/index.ts';
import { createTestIssuer, loginAs, type BrowserCookie, type TestPerson } from './index.ts';

const issuer = await createTestIssuer();
const bob: TestPerson = {
  sub: 'person-bob',
  permissions: { [issuer.audience]: ['things.read'] },
  claims: { name: 'Bob', email: 'bob@example.com' },
};

function setUp(baseUrl: string) {
  const site = { issuer: issuer.issuer, clientId: issuer.clientId, baseUrl, audience: issuer.audience };
  const sessionKey = randomId(32);
  const { fetch, clock } = issuer;
  const relyingParty = createRelyingParty({
    ...site,
    clientSecret: 'app-secret',
    sessionKeys: [sessionKey],
    fetch,
    clock,
  });
  const cookies: BrowserCookie[] = [];
  const context = {
    addCookies: async (added: BrowserCookie[]) => {
      cookies.push(...added);
    },
  };
  return { relyingParty, cookies, context, options: { ...site, sessionKey, clock } };
}

describe('loginAs', () => {
  it('opens the session that the callback would have opened', async () => {
    const { relyingParty, cookies, context, options } = setUp('https://app.example');
    await loginAs(context, { ...options, person: bob });
    const [cookie] = cookies;
    expect(cookie).toMatchObject({
      name: '__Host-session',
      url: 'https://app.example',
      httpOnly: true,
      secure: true,
    });
    const session = await relyingParty.open(`${cookie?.name}=${cookie?.value}`);
    expect(session?.user).toEqual({ sub: 'person-bob', name: 'Bob', email: 'bob@example.com' });
    expect(session?.permissions).toEqual(['things.read']);
  });

  it('drops prefix and Secure on plain http of this machine', async () => {
    const { cookies, context, options } = setUp('http://localhost:3000');
    await loginAs(context, options);
    expect(cookies[0]).toMatchObject({ name: 'session', secure: false });
  });

  it('opens nothing at a site with another key', async () => {
    const { cookies, context, options } = setUp('https://app.example');
    await loginAs(context, { ...options, sessionKey: randomId(32) });
    const { relyingParty } = setUp('https://app.example');
    await expect(relyingParty.open(`${cookies[0]?.name}=${cookies[0]?.value}`)).resolves.toBeUndefined();
  });
});
