import { describe, expect, it } from 'vitest';
import { MINUTE, randomId } from '../foundation/index.ts';
import {
  type Alteration,
  createTestBrowser,
  createTestIssuer,
  createTestKey,
  openTestSite,
  type TestSite,
} from '../testing/index.ts';
import { createRelyingParty } from './index.ts';

// What the OpenID Foundation's conformance suite tries at a relying party (code flow), module by module under its own
// names: certification plans basic, config, RP-initiated logout and back-channel logout, and the refresh token plan.
// The suite signs with RS256 and registers client_secret_basic.

const open = (options: Parameters<typeof openTestSite>[0] = {}) =>
  openTestSite({ algorithms: ['RS256'], ...options }, { algorithm: 'RS256' });

const sessionOf = ({ site, browser }: TestSite) =>
  site.getSession(browser.request('/').headers.get('cookie'));

type Prove = (test: TestSite) => Promise<void>;

const signsIn: Prove = async (test) => {
  expect((await test.browser.signIn()).status).toBe(303);
  expect((await sessionOf(test))?.user.sub).toBe('person-ada');
};

/** The login ends on a page, nothing is asked of the provider with what was refused, and nobody is signed in. */
const refuses: Prove = async (test) => {
  expect((await test.browser.signIn()).status).toBe(400);
  expect(await sessionOf(test)).toBeUndefined();
  expect(test.issuer.requests('userinfo')).toHaveLength(0);
};

const whereAltered =
  (alterationOf: (test: TestSite) => Alteration | Promise<Alteration>, prove: Prove): Prove =>
  async (test) => {
    test.issuer.alter(await alterationOf(test));
    await prove(test);
  };

const idToken = (claims: Readonly<Record<string, unknown>>) => () => ({ idToken: { claims } });

const kidAbsent = () => ({ idToken: { header: { kid: undefined } } });

describe('G2 basic certification profile, relying party', () => {
  it.each<[string, Prove]>([
    ['oidcc-client-test', signsIn],
    ['oidcc-client-test-invalid-iss', whereAltered(idToken({ iss: 'https://invalid.example' }), refuses)],
    ['oidcc-client-test-missing-sub', whereAltered(idToken({ sub: undefined }), refuses)],
    ['oidcc-client-test-invalid-aud', whereAltered(idToken({ aud: 'invalid-aud' }), refuses)],
    ['oidcc-client-test-missing-iat', whereAltered(idToken({ iat: undefined }), refuses)],
    ['oidcc-client-test-kid-absent-single-jwks', whereAltered(kidAbsent, signsIn)],
    [
      'oidcc-client-test-kid-absent-multiple-jwks',
      async (test) => {
        // The suite takes refusal, and the right key, for an answer; which of several is not for us to guess.
        test.issuer.keys.publish(await createTestKey('RS256'));
        await whereAltered(kidAbsent, refuses)(test);
      },
    ],
    ['oidcc-client-test-idtoken-sig-rs256', signsIn],
    [
      'oidcc-client-test-idtoken-sig-none',
      whereAltered(() => ({ idToken: { header: { alg: 'none' }, signer: 'nobody' } }), refuses),
    ],
    [
      'oidcc-client-test-invalid-sig-rs256',
      whereAltered(async () => ({ idToken: { signer: await createTestKey('RS256') } }), refuses),
    ],
    ['oidcc-client-test-nonce-invalid', whereAltered(idToken({ nonce: 'another' }), refuses)],
    [
      'oidcc-client-test-client-secret-basic',
      async (test) => {
        await signsIn(test);
        expect(test.issuer.requests('token')[0]?.headers.get('authorization')).toMatch(/^Basic /);
      },
    ],
  ])('%s', async (_module, prove) => expect(prove(await open())).resolves.toBeUndefined());

  it('oidcc-client-test-scope-userinfo-claims', async () => {
    const { user, browser } = await signInByUserinfo({ sub: 'person-ada', name: 'Ada Lovelace' });
    expect(user).toEqual({ sub: 'person-ada', name: 'Ada Lovelace' });
    const { searchParams } = new URL(await browser.startLogin());
    expect(searchParams.get('scope')).toBe('openid profile email');
  });

  it('oidcc-client-test-userinfo-invalid-sub', async () => {
    const { user } = await signInByUserinfo({ sub: 'somebody-else', name: 'Mallory' });
    expect(user).toEqual({ sub: 'person-ada' });
  });
});

/** Signs in at a site that has no API of its own, by a provider that tells names at userinfo only. */
async function signInByUserinfo(userinfo: object) {
  const issuer = await createTestIssuer({ algorithm: 'RS256' });
  const baseUrl = 'https://app.example';
  const site = createRelyingParty({
    issuer: issuer.issuer,
    clientId: issuer.clientId,
    clientSecret: 'app-secret',
    baseUrl,
    sessionKeys: [randomId(32)],
    algorithms: ['RS256'],
    clock: issuer.clock,
    fetch: async (input, init) =>
      new Request(input).url.endsWith('/userinfo') ? Response.json(userinfo) : issuer.fetch(input, init),
  });
  const browser = createTestBrowser({ handler: site.handler, baseUrl, issuer });
  await browser.signIn({ person: { sub: 'person-ada' } });
  return { browser, user: (await site.getSession(browser.request('/').headers.get('cookie')))?.user };
}

describe('G2 config certification profile, relying party', () => {
  it.each<[string, Prove]>([
    [
      'oidcc-client-test-discovery-openid-config',
      async (test) => {
        await test.browser.startLogin();
        expect(test.issuer.requests('discovery').length).toBeGreaterThan(0);
      },
    ],
    [
      'oidcc-client-test-discovery-jwks-uri-keys',
      async (test) => {
        await signsIn(test);
        expect(test.issuer.requests('jwks')).toHaveLength(1);
      },
    ],
    [
      'oidcc-client-test-discovery-issuer-mismatch',
      async (test) => {
        test.issuer.alter({ metadata: { issuer: `${test.issuer.issuer}/invalid` } });
        const response = await test.browser.visit('/auth/login');
        expect(response.status).toBe(400);
        expect(response.headers.has('location')).toBe(false);
      },
    ],
    [
      'oidcc-client-test-idtoken-sig-none',
      whereAltered(() => ({ idToken: { header: { alg: 'none' }, signer: 'nobody' } }), refuses),
    ],
    [
      'oidcc-client-test-signing-key-rotation-just-before-signing',
      async (test) => {
        await signsIn(test);
        await test.issuer.keys.rotate({ forgetOld: true });
        await signsIn(test);
      },
    ],
    [
      'oidcc-client-test-signing-key-rotation',
      async (test) => {
        await signsIn(test);
        await test.issuer.keys.rotate();
        await signsIn(test);
      },
    ],
  ])('%s', async (_module, prove) => expect(prove(await open())).resolves.toBeUndefined());
});

const renews = async (test: TestSite, alteration: Alteration) => {
  await signsIn(test);
  test.issuer.alter(alteration);
  test.issuer.clock.advance(9 * MINUTE);
  return (await test.requestPage()).session;
};

describe('G2 refresh token profile, relying party', () => {
  it.each<[string, Alteration, boolean]>([
    ['oidcc-client-test-refresh-token', {}, true],
    [
      'oidcc-client-test-refresh-token-invalid-issuer',
      { idToken: { claims: { iss: 'https://invalid.example' } } },
      false,
    ],
    ['oidcc-client-test-refresh-token-invalid-sub', { idToken: { claims: { sub: 'another' } } }, false],
  ])('%s', async (_module, alteration, isAccepted) => {
    const session = await renews(await open(), alteration);
    expect(session !== undefined).toBe(isAccepted);
  });
});

describe('G2 RP-initiated logout profile, relying party', () => {
  it.each<[string, (state: string) => string, string]>([
    ['oidcc-client-test-rp-init-logout', (state) => `?state=${state}`, '/signed-out'],
    ['oidcc-client-test-rp-init-logout-other-state', () => '?state=another', '/'],
    ['oidcc-client-test-rp-init-logout-no-state', () => '', '/'],
  ])('%s', async (_module, query, lands) => {
    const test = await open({ signedOutPath: '/signed-out' });
    await signsIn(test);
    const headers = { origin: 'https://app.example' };
    const away = await test.browser.visit('/auth/logout', { method: 'POST', headers });
    const { searchParams } = new URL(away.headers.get('location') ?? '');
    expect(searchParams.get('post_logout_redirect_uri')).toBe('https://app.example/auth/logged-out');
    const back = await test.browser.visit(`/auth/logged-out${query(searchParams.get('state') ?? '')}`);
    expect(back.headers.get('location')).toBe(`https://app.example${lands}`);
    expect(await sessionOf(test)).toBeUndefined();
  });
});

async function deliver({ site, issuer }: TestSite, forgery: Parameters<typeof issuer.forge>[1]) {
  const body = new URLSearchParams({ logout_token: await issuer.forge('logout', forgery) });
  return site.handler(new Request('https://app.example/auth/backchannel-logout', { method: 'POST', body }));
}

describe('G2 back-channel logout profile, relying party', () => {
  const forged = {
    'alg-none': { header: { alg: 'none' }, signer: 'nobody' },
    'no-event': { claims: { events: undefined } },
    'with-nonce': { claims: { nonce: 'a-nonce' } },
    'wrong-alg': { header: { alg: 'HS256' }, signer: { secret: 'app-secret' } },
    'wrong-aud': { claims: { aud: 'invalid-aud' } },
    'wrong-event': { claims: { events: { 'http://schemas.openid.net/event/other': {} } } },
    'wrong-iss': { claims: { iss: 'https://invalid.example' } },
  } as const;

  it('oidcc-client-test-rp-backchannel-rpinitlogout', async () => {
    const test = await open();
    await signsIn(test);
    const sid = (await sessionOf(test))?.sid;
    // §2.8 wants 200: some providers take nothing else for a success.
    expect((await deliver(test, { claims: { sid } }))?.status).toBe(200);
    expect(await sessionOf(test)).toBeUndefined();
  });

  it.each(Object.entries(forged))(
    'oidcc-client-test-rp-backchannel-rpinitlogout-%s',
    async (_module, forgery) => {
      const test = await open();
      await signsIn(test);
      const sid = (await sessionOf(test))?.sid;
      const claims = { sid, ...('claims' in forgery ? forgery.claims : {}) };
      expect((await deliver(test, { ...forgery, claims }))?.status).toBe(400);
      expect(await sessionOf(test)).toBeDefined();
    },
  );
});
