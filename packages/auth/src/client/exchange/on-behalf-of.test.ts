import { decodeJwt } from 'jose';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type AuthEvent, randomId } from '../../foundation/index.ts';
import { createResourceServer } from '../../resource/index.ts';
import { openTestSite, type TestSite } from '../../testing/index.ts';
import { createRelyingParty, type RelyingParty } from '../index.ts';

const MINUTE = 60;
const API = 'https://api.example';
const BLOG = 'https://blog.example/api';

/** A person at the site `app`, and the site `blog` whose API `app` calls for them. */
let test: TestSite;
let blog: RelyingParty;
let events: AuthEvent[];
let request: Request;
beforeEach(async () => {
  const clients = [
    { clientId: 'app', clientSecret: 'app-secret' },
    { clientId: 'blog', clientSecret: 'blog-secret', audiences: [BLOG] },
  ] as const;
  test = await openTestSite({}, { clients });
  events = [];
  blog = createRelyingParty({
    ...test.options,
    clientId: 'blog',
    clientSecret: 'blog-secret',
    baseUrl: 'https://blog.example',
    audience: BLOG,
    sessionKeys: [randomId(32)],
    observe: (event) => events.push(event),
  });
  await test.browser.signIn();
  request = await called();
});
afterEach(() => vi.unstubAllGlobals());

const called = async () => {
  const token = await test.site.tokenFor(test.browser.request('/').headers.get('cookie'), BLOG);
  return new Request(`${BLOG}/posts`, { headers: { authorization: `Bearer ${token}` } });
};
const caller = { sub: 'person-ada', sid: 'of-blog' };
const exchanges = () =>
  test.issuer.requests('token').filter(({ form }) => form.get('grant_type')?.endsWith('token-exchange'));

describe('an API that acts for the person who called it (RFC 8693 §4.1)', () => {
  it('calls another API with a token that names both', async () => {
    const sent: Headers[] = [];
    vi.stubGlobal('fetch', async (_url: string, init: RequestInit) => {
      sent.push(new Headers(init.headers));
      return new Response('ok');
    });
    await blog.onBehalfOf(request, caller).fetch(API, `${API}/things`);
    const token = sent[0]?.get('authorization')?.replace('Bearer ', '') ?? '';
    expect(decodeJwt(token)).toMatchObject({
      aud: API,
      sub: 'person-ada',
      client_id: 'blog',
      act: { sub: 'blog' },
    });
    expect(token).not.toBe(request.headers.get('authorization')?.replace('Bearer ', ''));
    expect(events.at(-1)).toMatchObject({ type: 'token.exchanged', audience: API, actor: 'blog', ...caller });
  });

  it('asks once for a caller, however often, until 30 s before its end', async () => {
    const before = exchanges().length;
    const acting = blog.onBehalfOf(request, caller);
    await Promise.all(Array.from({ length: 10 }, () => acting.tokenFor(API)));
    await blog.onBehalfOf(request, caller).tokenFor(API);
    expect(exchanges()).toHaveLength(before + 1);
    test.issuer.clock.advance(10 * MINUTE - 29);
    await expect(acting.tokenFor(API)).resolves.toMatch(/^eyJ/);
    expect(exchanges()).toHaveLength(before + 2);
  });

  it('asks anew for another caller', async () => {
    const other = test.newBrowser();
    await other.signIn({ person: { sub: 'person-ben' } });
    const token = await test.site.tokenFor(other.request('/').headers.get('cookie'), BLOG);
    const fromBen = new Request(BLOG, { headers: { authorization: `Bearer ${token}` } });
    await blog.onBehalfOf(request, caller).tokenFor(API);
    const acting = await blog.onBehalfOf(fromBen, { sub: 'person-ben' }).tokenFor(API);
    expect(decodeJwt(acting).sub).toBe('person-ben');
  });

  it.each<[what: string, arrange: () => Request | Promise<Request>, code: string]>([
    ['no token', () => new Request(BLOG), 'bearer_missing'],
    [
      'a token that is over',
      async () => (test.issuer.clock.advance(11 * MINUTE), request),
      'token_exchange_rejected',
    ],
    [
      'a token for another API',
      async () => {
        const token = await test.site.tokenFor(test.browser.request('/').headers.get('cookie'));
        return new Request(BLOG, { headers: { authorization: `Bearer ${token}` } });
      },
      'token_exchange_rejected',
    ],
    ['the provider away', () => (test.issuer.fail('token', 'refused'), request), 'provider_unavailable'],
  ])('gets no token with %s, and says why without one', async (_what, arrange, code) => {
    const failure = blog.onBehalfOf(await arrange(), caller).tokenFor(API);
    await expect(failure).rejects.toMatchObject({ code });
    expect(JSON.stringify(events)).not.toContain('eyJ');
  });
});

const answerOf = async (actor: 'none' | readonly string[] | undefined, token: string) => {
  const { issuer, clock, fetch } = test.issuer;
  const observed: AuthEvent[] = [];
  const api = createResourceServer({
    issuer,
    clock,
    fetch,
    audience: API,
    observe: (event) => void observed.push(event),
  });
  const guarded = api.guard(
    (_request, { act }) => Response.json({ act }),
    actor === undefined ? {} : { actor },
  );
  const headers = { authorization: `Bearer ${token}` };
  return { response: await guarded(new Request(API, { headers })), observed };
};
const own = () => test.site.tokenFor(test.browser.request('/').headers.get('cookie'));
const acting = () => blog.onBehalfOf(request, caller).tokenFor(API);

describe('T-44 an API decides by the actor, too', () => {
  it.each<
    [
      what: string,
      actor: 'none' | readonly string[] | undefined,
      token: () => Promise<string>,
      status: number,
    ]
  >([
    ['anybody who acts, where it asks nothing', undefined, acting, 200],
    ['the person themselves, where it asks nothing', undefined, own, 200],
    ['the actor that it names', ['blog'], acting, 200],
    ['no actor that it does not name', ['other'], acting, 403],
    ['no person themselves, where it asks for an actor', ['blog'], own, 403],
    ['the person themselves, where it refuses actors', 'none', own, 200],
    ['no actor, where it refuses them', 'none', acting, 403],
  ])('takes %s', async (_what, actor, token, status) => {
    const { response, observed } = await answerOf(actor, await token());
    expect(response.status).toBe(status);
    if (status === 200) return;
    expect(response.headers.get('www-authenticate')).toContain('error="insufficient_scope"');
    expect(await response.json()).toMatchObject({ status: 403, error: 'insufficient_scope' });
    expect(observed.at(-1)).toMatchObject({ type: 'bearer.rejected', code: 'actor_refused' });
  });

  it('tells its log of both', async () => {
    const { observed } = await answerOf(undefined, await acting());
    expect(observed).toContainEqual(
      expect.objectContaining({
        type: 'bearer.accepted',
        sub: 'person-ada',
        clientId: 'blog',
        actor: 'blog',
      }),
    );
  });

  it.each([
    ['a text', 'blog'],
    ['a list', ['blog']],
    ['an actor without a name', {}],
    ['one with an empty name', { sub: '' }],
    ['one whose name is a number', { sub: 7 }],
    ['a nested one without a name', { sub: 'blog', act: {} }],
    ['nine, one behind the other', nested(9)],
  ])('refuses a token whose act is %s', async (_what, act) => {
    const { response } = await answerOf(undefined, await test.issuer.accessToken({ act }));
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toContain('error="invalid_token"');
  });
});

function nested(depth: number): object {
  return depth === 1 ? { sub: 'one' } : { sub: 'one', act: nested(depth - 1) };
}
