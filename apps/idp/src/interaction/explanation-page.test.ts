import { errorExplanations } from '@sso/auth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  authorizePath,
  type TestProvider,
  openTestProvider,
  tokenRequest,
  tokensFor,
} from '../../test/test-provider.ts';
import { ISSUER, SHOP_API } from '../../test/registrations.ts';
import { oauthErrorExplanations } from '../http/error-explanations.ts';

const codes = Object.keys({ ...errorExplanations, ...oauthErrorExplanations });
const REGISTRATION_TOKEN = 'an-initial-access-token-of-32-characters';

describe('an error_uri', () => {
  let idp: TestProvider;
  beforeAll(async () => {
    idp = await openTestProvider({ INITIAL_ACCESS_TOKENS: REGISTRATION_TOKEN });
  });
  afterAll(() => idp[Symbol.asyncDispose]());

  const get = (path: string) => idp.fetch(new Request(new URL(path, ISSUER)));

  it.each(codes)('leads for %s to a page that says what it means and what to do', async (code) => {
    const response = await get(`/errors/${code}`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    const page = await response.text();
    expect(page).toContain(`<title>${code} · `);
    expect(page).toContain('What to do');
    expect(page).not.toMatch(/`|docs\/|undefined/);
  });

  it.each(['/errors/', '/errors/nothing', '/errors/__proto__', '/errors/constructor', '/errors/%3Cb%3E'])(
    'X-15 %s is 404 and repeats nothing',
    async (path) => {
      const response = await get(path);
      expect(response.status).toBe(404);
      expect(await response.text()).not.toMatch(/__proto__|constructor|<b>|&lt;b/);
    },
  );

  it.each<readonly [what: string, request: () => Promise<Request>]>([
    ['the token endpoint', async () => tokenRequest({ grant_type: 'password' })],
    ['introspection', async () => tokenRequest({}, 'shop', '/introspect')],
    ['revocation', async () => tokenRequest({}, 'shop', '/revoke')],
    ['pushed requests', async () => tokenRequest({}, 'shop', '/par')],
    ['registration', async () => new Request(`${ISSUER}/register`, { method: 'POST' })],
  ])('stands in the refusals of %s', async (_what, request) => {
    const answer: unknown = await (await idp.fetch(await request())).json();
    expect(answer).toMatchObject({ error_uri: expect.stringContaining(`${ISSUER}/errors/`) });
    const { error_uri }: { error_uri: string } = JSON.parse(JSON.stringify(answer));
    expect((await get(error_uri)).status).toBe(200);
  });

  it('is the type of the problem where userinfo refuses a token (RFC 9457 §3.1.1)', async () => {
    const problem: { type: string } = await (await idp.fetch(userinfo('a b'))).json();
    expect(problem.type).toContain(`${ISSUER}/errors/`);
    expect((await get(problem.type)).status).toBe(200);
  });

  it('stands in what goes back to a client through the browser', async () => {
    const response = await get(authorizePath({ prompt: 'none' }));
    const location = new URL(response.headers.get('location') ?? '');
    expect(location.searchParams.get('error_uri')).toBe(`${ISSUER}/errors/login_required`);
  });

  it.each([
    ['userinfo', () => userinfo('no-token'), 'token_malformed'],
    [
      'userinfo with an API’s token',
      async () => userinfo((await tokensFor(idp, authorizePath({ resource: SHOP_API }))).access_token),
      'token_audience',
    ],
    [
      'registration',
      () => new Request(`${ISSUER}/register`, { method: 'POST', headers: { authorization: 'Bearer wrong' } }),
      'invalid_token',
    ],
  ])('stands in the challenge of %s (RFC 6750 §3)', async (_what, request, code) => {
    const response = await idp.fetch(await request());
    expect(response.headers.get('www-authenticate')).toContain(`error_uri="${ISSUER}/errors/${code}"`);
  });
});

function userinfo(token: string): Request {
  return new Request(`${ISSUER}/userinfo`, { headers: { authorization: `Bearer ${token}` } });
}
