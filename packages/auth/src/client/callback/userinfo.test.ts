import { describe, expect, it } from 'vitest';
import { type AuthEvent, randomId } from '../../foundation/index.ts';
import {
  createTestBrowser,
  createTestIssuer,
  type TestIssuer,
  type TestPerson,
} from '../../testing/index.ts';
import { createRelyingParty } from '../relying-party.ts';

const baseUrl = 'https://app.example';

/** Somebody of whom the ID token says nothing but who it is. */
const stranger: TestPerson = {
  sub: 'stranger',
  claims: { name: undefined, email: undefined, email_verified: undefined },
};

/** A site whose provider has a userinfo endpoint that answers so. */
async function openSite(answer: object | number, options: { audience?: string; keepClaims?: string[] } = {}) {
  const issuer = await createTestIssuer();
  const calls: Request[] = [];
  const events: AuthEvent[] = [];
  const site = createRelyingParty({
    issuer: issuer.issuer,
    clientId: issuer.clientId,
    clientSecret: 'app-secret',
    baseUrl,
    sessionKeys: [randomId(32)],
    fetch: withUserinfoEndpoint(issuer, (request) => {
      calls.push(request);
      return typeof answer === 'number' ? new Response('', { status: answer }) : Response.json(answer);
    }),
    clock: issuer.clock,
    observe: (event) => events.push(event),
    ...options,
  });
  const browser = createTestBrowser({ handler: site.handler, baseUrl, issuer });
  const view = () => site.getSession((name) => browser.cookies.get(name)?.value);
  const user = async () => (await view())?.user;
  return { browser, view, user, calls, events };
}

/** The test issuer with one endpoint more, announced. */
function withUserinfoEndpoint(issuer: TestIssuer, answer: (request: Request) => Response): typeof fetch {
  const address = `${issuer.issuer}/userinfo`;
  return async (input, init) => {
    const request = new Request(input, init);
    if (request.url === address) return answer(request);
    const response = await issuer.fetch(request);
    if (!request.url.endsWith('/openid-configuration')) return response;
    const metadata: unknown = await response.json();
    return Response.json(Object.assign({}, metadata, { userinfo_endpoint: address }));
  };
}

describe('a provider that tells names at userinfo only', () => {
  it('is asked there with the access token, and the names are kept', async () => {
    const told = { sub: 'stranger', name: 'A Stranger', email: 's@example.com', groups: ['x'] };
    const { browser, user, calls } = await openSite(told);
    await browser.signIn({ person: stranger });
    expect(await user()).toEqual({ sub: 'stranger', name: 'A Stranger', email: 's@example.com' });
    expect(calls.map(({ headers }) => headers.get('authorization'))).toEqual([
      expect.stringMatching(/^Bearer ./),
    ]);
  });

  it('is taken at its word that it has no value where it says null or nothing', async () => {
    const { browser, view } = await openSite({
      sub: 'stranger',
      name: 'A Stranger',
      email: null,
      picture: '',
    });
    await browser.signIn({ person: stranger });
    const { name, email, picture } = (await view())?.idTokenClaims ?? {};
    expect([name, email, picture]).toEqual(['A Stranger', undefined, undefined]);
  });

  it('says nothing about who, how and when', async () => {
    const told = { sub: 'stranger', name: 'A Stranger', acr: 'high', sid: 'of-another', auth_time: 1 };
    const { browser, user, events } = await openSite(told);
    await browser.signIn({ person: stranger });
    expect(await user()).toEqual({ sub: 'stranger', name: 'A Stranger' });
    const opened = events.find(({ type }) => type === 'session.opened');
    expect(opened).toEqual(expect.not.objectContaining({ sid: 'of-another' }));
  });

  it.each([
    ['an answer about somebody else (OIDC Core §5.3.2)', { sub: 'another', name: 'Mallory' }],
    ['an answer about nobody', { name: 'Mallory' }],
    ['a refusal', 403],
    ['a provider in trouble', 500],
  ])('%s is left aside, and the person is signed in', async (_what, answer) => {
    const { browser, user, events } = await openSite(answer);
    expect((await browser.signIn({ person: stranger })).status).toBe(303);
    expect(await user()).toEqual({ sub: 'stranger' });
    expect(events.filter(({ type }) => type === 'userinfo.failed')).toHaveLength(1);
  });

  it('T-25 never says how somebody proved who they are, though the site keeps that', async () => {
    const answer = { sub: 'stranger', name: 'Stranger', acr: 'gold', auth_time: 1, sid: 'other' };
    const { browser, view } = await openSite(answer, { keepClaims: ['name', 'acr', 'auth_time', 'sid'] });
    await browser.signIn({ person: stranger });
    const session = await view();
    expect(session?.user.name).toBe('Stranger');
    expect(session?.proves({ acrValues: ['gold'] })).toBe(false);
    expect(session?.sid).not.toBe('other');
  });

  it.each([
    ['the ID token has a name', {}, { sub: 'ada', claims: { name: 'Ada' } }],
    ['the token is for the site’s own API', { audience: 'https://api.example' }, stranger],
    ['the site keeps no such claim', { keepClaims: [] }, stranger],
  ])('is not asked where %s', async (_what, options, person) => {
    const { browser, user, calls } = await openSite({ sub: person.sub, name: 'Mallory' }, options);
    await browser.signIn({ person });
    expect(calls).toEqual([]);
    expect((await user())?.name).not.toBe('Mallory');
  });
});
