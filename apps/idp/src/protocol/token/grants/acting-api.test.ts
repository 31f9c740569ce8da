import { decodeJwt } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { exchange, permissionsIn } from '../../../../test/exchanges.ts';
import { BLOG_API, SHOP_API } from '../../../../test/registrations.ts';
import { siteTokens } from '../../../../test/site-tokens.ts';
import { errorOf, openTestProvider, type TestProvider, type Tokens } from '../../../../test/test-provider.ts';
import { introspected, isActive, revocation, userinfo } from '../../../../test/token-requests.ts';

/** The shop's page calls the blog's API, and the blog's API calls the shop's for the same person. */
interface Call {
  readonly own: string;
  readonly called: string;
  readonly acting: string;
}

let idp: TestProvider;
let call: Call;
beforeAll(async () => {
  idp = await openTestProvider();
});
afterAll(() => idp[Symbol.asyncDispose]());

const tokenIn = async (response: Promise<Response>) => {
  const { access_token }: Tokens = await (await response).json();
  return access_token;
};
const behalf = (token: string, change: Record<string, string> = {}, as = 'blog') =>
  exchange(idp, token, { resource: SHOP_API, ...change }, as);

beforeEach(async () => {
  const { access_token: own } = await siteTokens(idp, 'shop', { resource: SHOP_API });
  const called = await tokenIn(exchange(idp, own));
  call = { own, called, acting: await tokenIn(behalf(called)) };
});

/** What the operator changes of a client between two starts of the provider. */
async function withClient<T>(clientId: string, change: object, act: () => Promise<T>): Promise<T> {
  const client = idp.provider.clients.find(clientId) ?? {};
  const before = Object.fromEntries(Object.keys(change).map((name) => [name, Reflect.get(client, name)]));
  Object.assign(client, change);
  try {
    return await act();
  } finally {
    Object.assign(client, before);
  }
}

describe('an API that acts for the person who called it (RFC 8693 §4.1)', () => {
  it('gets a token that says who, through whom, and no more than all of them may', () => {
    const claims = decodeJwt(call.acting);
    expect(claims).toMatchObject({ aud: SHOP_API, sub: 'sub-ada', client_id: 'blog', act: { sub: 'blog' } });
    expect(claims['permissions']).toEqual(['shop:products.read', 'shop:prices.member']);
    expect(Number(claims.exp)).toBeLessThanOrEqual(Number(decodeJwt(call.own).exp));
    // The shop's own name of the session, so that its sign-outs count.
    expect(claims['sid']).toBe(decodeJwt(call.own)['sid']);
  });

  it('shows the actor to whoever may introspect the token', async () => {
    expect(await introspected(idp, call.acting, 'shop')).toMatchObject({
      active: true,
      act: { sub: 'blog' },
    });
  });

  it('says so in the audit lines', () => {
    const exchanged = idp.events.filter(({ type }) => type === 'token.exchanged');
    expect(exchanged.at(-1)).toMatchObject({ audience: SHOP_API, actor: 'blog' });
    expect(exchanged.at(-2)).not.toHaveProperty('actor');
  });

  it('acts for the person, too, who called it with a token of another client', async () => {
    const { access_token } = await siteTokens(idp, 'shop', { resource: BLOG_API });
    expect(decodeJwt(await tokenIn(behalf(access_token)))['act']).toEqual({ sub: 'blog' });
  });
});

describe('T-44 acting for somebody is refused', () => {
  it.each<readonly [what: string, attempt: (call: Call) => Promise<Response>, error: string]>([
    ['to a client that is not the API', ({ called }) => behalf(called, {}, 'lax'), '400 invalid_request'],
    ['with a token for another API', ({ own }) => behalf(own), '400 invalid_request'],
    ['for the API itself', ({ called }) => behalf(called, { resource: BLOG_API }), '400 invalid_target'],
    ['a third time', ({ acting }) => behalf(acting, { resource: BLOG_API }, 'shop'), '400 invalid_request'],
    [
      'by the actor with the token it got',
      ({ acting }) => behalf(acting, { resource: BLOG_API }),
      '400 invalid_request',
    ],
    [
      'by another’s token about the actor',
      ({ called }) => behalf(called, { actor_token: called }),
      '400 invalid_request',
    ],
    [
      'by the type of such a token',
      ({ called }) => behalf(called, { actor_token_type: 'urn:ietf:params:oauth:token-type:jwt' }),
      '400 invalid_request',
    ],
    ['with a client’s own token', () => clientsOwn().then((token) => behalf(token)), '400 invalid_request'],
  ])('%s', async (_what, attempt, error) => {
    expect(await errorOf(attempt(call))).toBe(error);
  });

  it.each([
    ['shop', 'whose login it was'],
    ['blog', 'which acts'],
  ])('where %s, %s, may call that API no longer', async (clientId) => {
    await withClient(clientId, { resources: [BLOG_API] }, async () => {
      expect(await errorOf(behalf(call.called))).toBe('400 invalid_target');
    });
  });

  it.each(['shop', 'blog'])('beyond what %s may there', async (clientId) => {
    const permissions = ['blog:posts.read', 'shop:products.read'];
    await withClient(clientId, { permissions }, async () => {
      expect(await permissionsIn(behalf(call.called))).toEqual(['shop:products.read']);
      expect(await introspected(idp, call.acting, 'shop')).toMatchObject({
        permissions: ['shop:products.read'],
      });
    });
  });

  it('beyond what the login asked for', async () => {
    const scope = 'openid blog:posts.read shop:products.read';
    const { access_token } = await siteTokens(idp, 'shop', { resource: SHOP_API, scope });
    const called = await tokenIn(exchange(idp, access_token));
    expect(await permissionsIn(behalf(called))).toEqual(['shop:products.read']);
    const narrow = await siteTokens(idp, 'shop', { resource: BLOG_API, scope: 'openid blog:posts.read' });
    expect(await errorOf(behalf(narrow.access_token))).toBe('400 invalid_target');
  });
});

it.each(['own', 'called', 'acting'] as const)(
  'T-44 the %s token of a chain, once revoked, ends those that came from it',
  async (name) => {
    const { own, called, acting } = call;
    await revocation(idp, call[name], name === 'acting' ? 'blog' : 'shop');
    expect(await isActive(idp, acting, 'shop')).toBe(false);
    expect(await isActive(idp, called)).toBe(name === 'acting');
    expect(await isActive(idp, own)).toBe(name !== 'own');
  },
);

it('T-13 opens no userinfo', async () => {
  expect((await userinfo(idp, call.acting)).status).toBe(401);
});

async function clientsOwn(): Promise<string> {
  return tokenIn(idp.token({ grant_type: 'client_credentials', resource: BLOG_API }, 'robot'));
}
