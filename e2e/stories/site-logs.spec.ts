import { readFile } from 'node:fs/promises';
import { apps } from '@sso/domains';
import { expect, test } from '../fixtures/test.ts';
import { type CookieJar, createCookieJar, requireLocation, visit } from '../support/cookie-jar.ts';
import { deliverLogout, logoutTokenFor } from '../support/logout-token.ts';
import { makeDue, sessionsOf } from '../support/sealed-session.ts';
import type { StackInfo } from '../support/shared-stack.ts';
import { callbackOfLogin, NAVIGATION, signInOverHttp } from '../support/sign-in-over-http.ts';
import { siteSecrets } from '../support/site-secrets.ts';
import { askForTokens } from '../support/tokens.ts';

type SiteName = 'shop' | 'blog';

/** What passed by and must not be written down. */
type Secrets = readonly string[];

interface Scene {
  readonly stack: StackInfo;
  readonly site: SiteName;
  readonly origin: string;
  readonly jar: CookieJar;
}

const cookieValues = ({ jar, origin }: Scene): Secrets =>
  jar
    .header(origin)
    .split('; ')
    .map((pair) => pair.slice(pair.indexOf('=') + 1))
    .filter(({ length }) => length > 15);

const answersOf = (url: string): Secrets =>
  ['code', 'state', 'nonce'].flatMap((name) => new URL(url).searchParams.get(name) ?? []);

async function tokensIn({ stack, site, jar }: Scene): Promise<Secrets> {
  const { accessToken, refreshToken = '', id } = await (await sessionsOf(stack, site)).require(jar);
  return [accessToken, refreshToken, id];
}

const begin = async ({ origin, jar }: Scene) => {
  const login = `${origin}/auth/login?return_to=%2Fsession`;
  return requireLocation(login, await visit(jar, login, { headers: NAVIGATION }));
};

/** What happens at a site, the good and the bad; each returns the secrets that it dealt with. */
const happenings: readonly ((scene: Scene) => Promise<Secrets>)[] = [
  async function login(scene) {
    const { stack, origin, jar } = scene;
    const callback = await callbackOfLogin(jar, stack, `${origin}/auth/login`, 'ada');
    const pending = cookieValues(scene);
    expect((await visit(jar, callback, { headers: NAVIGATION })).status).toBe(303);
    return [...answersOf(callback), ...pending, ...cookieValues(scene), ...(await tokensIn(scene))];
  },
  async function cancelledLogin(scene) {
    const authorize = await begin(scene);
    const state = new URL(authorize).searchParams.get('state') ?? '';
    const query = new URLSearchParams({ error: 'access_denied', state, iss: scene.stack.origins.idp });
    await visit(scene.jar, `${scene.origin}/auth/callback?${query}`, { headers: NAVIGATION });
    return answersOf(authorize);
  },
  async function forgedCallback({ stack, origin, jar }) {
    const forged = { code: 'forged-code-0123456789', state: 'forged-state-0123456789' };
    const query = new URLSearchParams({ ...forged, iss: stack.origins.idp });
    const answer = await visit(jar, `${origin}/auth/callback?${query}`, { headers: NAVIGATION });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    return Object.values(forged);
  },
  async function refusedCode({ stack, origin, jar }) {
    const callback = new URL(await callbackOfLogin(jar, stack, `${origin}/auth/login`, 'ada'));
    const secrets = answersOf(callback.href);
    callback.searchParams.set('code', 'another-code-0123456789');
    expect((await visit(jar, callback.href, { headers: NAVIGATION })).status).toBeGreaterThanOrEqual(400);
    return [...secrets, 'another-code-0123456789'];
  },
  async function refusedRefresh(scene) {
    const { stack, site, origin, jar } = scene;
    await signInOverHttp(jar, stack, site, 'ada');
    const { refreshToken = '' } = await makeDue(await sessionsOf(stack, site), jar, origin);
    const secrets = [...cookieValues(scene), ...(await tokensIn(scene))];
    const next = await spend(scene, refreshToken);
    const last = await spend(scene, next);
    await visit(jar, `${origin}/session`, { headers: NAVIGATION });
    return [...secrets, next, last];
  },
  async function backchannelLogout({ stack, site, origin, jar }) {
    await signInOverHttp(jar, stack, site, 'ada');
    const { claims } = await (await sessionsOf(stack, site)).require(jar);
    const token = await logoutTokenFor(stack, site, { sid: claims.sid ?? '' });
    const cut = token.slice(0, -4);
    const answers = [cut, token, token].map((one) => () => deliverLogout(origin, one));
    const statuses: number[] = [];
    for (const deliver of answers) statuses.push((await deliver()).status);
    expect(statuses).toEqual([400, 200, 400]);
    return [cut];
  },
  async function refusedToken(scene) {
    await signInOverHttp(scene.jar, scene.stack, scene.site, 'ada');
    const [accessToken = ''] = await tokensIn(scene);
    const forged = `${accessToken.slice(0, -6)}AAAAAA`;
    const path = scene.site === 'shop' ? '/api/products' : '/api/posts';
    const headers = { authorization: `Bearer ${forged}` };
    expect((await visit(createCookieJar(), scene.origin + path, { headers })).status).toBe(401);
    return [accessToken.slice(0, -6), accessToken.split('.')[1] ?? ''];
  },
  async function signOut(scene) {
    const { stack, site, origin, jar } = scene;
    await signInOverHttp(jar, stack, site, 'ada');
    const secrets = [...cookieValues(scene), ...(await tokensIn(scene))];
    for (const from of ['https://attacker.example', origin])
      await visit(jar, `${origin}/auth/logout`, { method: 'POST', headers: { origin: from } });
    return secrets;
  },
];

/** Redeems a refresh token behind the site's back. */
async function spend({ stack, site }: Scene, refreshToken: string): Promise<string> {
  const form = { grant_type: 'refresh_token', refresh_token: refreshToken, resource: apps[site].audience };
  return (await askForTokens(stack, site, form)).refresh_token;
}

const told = [
  'session.opened',
  'callback.rejected',
  'session.ended',
  'logout.received',
  'logout.rejected',
  'bearer.rejected',
  'csrf.rejected',
];

for (const site of ['shop', 'blog'] as const) {
  test(`G-01 G19 the ${site}’s log tells of good and bad, and no log holds a secret of it`, async ({
    stack,
  }) => {
    const { clientSecret, sessionKeys } = await siteSecrets(stack, site);
    const secrets = [clientSecret, ...sessionKeys];
    for (const happen of happenings) {
      const scene = { stack, site, origin: stack.origins[site], jar: createCookieJar() };
      secrets.push(...(await happen(scene)));
    }

    const own = stack.files.logs[site];
    for (const type of told) await expect.poll(() => readFile(own, 'utf8')).toContain(`"type":"${type}"`);
    for (const file of [...Object.values(stack.files.logs), stack.files.accessLog]) {
      const log = await readFile(file, 'utf8');
      const found = secrets.filter((secret) => log.includes(secret)).map((secret) => secret.slice(0, 6));
      expect(found, file).toEqual([]);
    }
    expect(secrets.length).toBeGreaterThan(20);
    expect(secrets.filter(({ length }) => length < 15)).toEqual([]);
  });
}
