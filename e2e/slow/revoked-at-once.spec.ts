import { withOwnStack } from '../fixtures/own-stack.ts';
import { expect } from '../fixtures/test.ts';
import { type CookieJar, createCookieJar } from '../support/cookie-jar.ts';
import { deliverLogout, logoutTokenFor } from '../support/logout-token.ts';
import { providerEvents } from '../support/provider-events.ts';
import { sendAsRouter } from '../support/router-fetch.ts';
import { FRESH, makeDue, SESSION, sessionsOf } from '../support/sealed-session.ts';
import { send } from '../support/send.ts';
import type { StackInfo } from '../support/shared-stack.ts';
import { NAVIGATION, signInOverHttp } from '../support/sign-in-over-http.ts';

const test = withOwnStack({ name: 'e2e-revoked', processes: { shop: 2 } });
test.describe.configure({ mode: 'default' });

/** Caddy gives the requests to the processes in turn: each kind is asked often enough to meet both. */
const TURNS = 4;

const ROUTER = { rsc: '1', 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' };

const looks = [
  { what: 'a document', path: '/session', headers: NAVIGATION },
  { what: 'a fetch of the router', path: '/session', headers: ROUTER },
  { what: 'the session’s JSON', path: '/auth/session', headers: {} },
] as const;

interface Seen {
  readonly what: string;
  readonly showsPerson: boolean;
  /** Whether a session cookie came along, as one that was renewed would. */
  readonly renewed: boolean;
  /** Whether the marker that keeps proxy.ts from refreshing was taken away. */
  readonly unmarked: boolean;
}

/** What somebody with this cookie alone sees, on every process. */
async function lookEverywhere({ origins: { shop } }: StackInfo, cookie: string): Promise<readonly Seen[]> {
  const asked = Array.from({ length: TURNS }, () => looks).flat();
  const ask = async ({ what, path, headers }: (typeof looks)[number]): Promise<Seen> => {
    const sent = { headers: { ...headers, cookie: `${SESSION}=${cookie}` } };
    const response = await sendAsRouter(shop + path, sent);
    const lines = response.headers.getSetCookie();
    return {
      what,
      showsPerson: (await response.text()).includes('Ada Marlowe'),
      renewed: lines.some((line) => line.startsWith(`${SESSION}=`) && !line.startsWith(`${SESSION}=;`)),
      unmarked: lines.some((line) => line.startsWith(`${FRESH}=;`)),
    };
  };
  return Promise.all(asked.map(ask));
}

/** How the API answers whoever holds this token, at each process. */
async function callApi({ origins: { shop } }: StackInfo, token: string): Promise<readonly number[]> {
  const headers = { authorization: `Bearer ${token}` };
  const answers = Array.from({ length: TURNS }, () => send(`${shop}/api/products`, { headers }));
  return (await Promise.all(answers)).map(({ status }) => status);
}

const allOf = (status: number) => Array.from({ length: TURNS }, () => status);

async function signedIn(stack: StackInfo) {
  const jar = createCookieJar();
  await signInOverHttp(jar, stack, 'shop', 'ada');
  return jar;
}

const cookieOf = (jar: CookieJar, { origins }: StackInfo) => jar.find(origins.shop, SESSION) ?? '';

async function renewals(stack: StackInfo, from: number): Promise<number> {
  const events = (await providerEvents(stack)).slice(from);
  return events.filter(({ type }) => type.startsWith('refresh.')).length;
}

test.describe('a logout token that one process takes', () => {
  test('B-10: ends every copy of the session on both within a second, at the very next look, for page, proxy and JSON alike', async ({
    stack,
  }) => {
    const jar = await signedIn(stack);
    const { claims } = await (await sessionsOf(stack, 'shop')).require(jar);
    const before = await lookEverywhere(stack, cookieOf(jar, stack));
    expect(before.filter(({ showsPerson }) => !showsPerson)).toEqual([]);

    const token = await logoutTokenFor(stack, 'shop', { sid: claims.sid ?? '' });
    // Straight to the first process: the other one hears of it by the shared store alone.
    const answer = await deliverLogout(`http://127.0.0.1:${stack.ports.shop}`, token);
    const after = await lookEverywhere(stack, cookieOf(jar, stack));

    expect(answer.status).toBe(200);
    expect(after.filter(({ showsPerson }) => showsPerson)).toEqual([]);
    expect(after.filter(({ renewed }) => renewed)).toEqual([]);
    // proxy.ts runs before pages alone.
    const byProxy = after.filter(({ what }) => what !== 'the session’s JSON');
    expect(byProxy.filter(({ unmarked }) => !unmarked)).toEqual([]);
  });

  test('B-10: ends a bearer token of the session at the API of both within a second, remembered ones included', async ({
    stack,
  }) => {
    const [jar, bystander] = [await signedIn(stack), await signedIn(stack)];
    const sessions = await sessionsOf(stack, 'shop');
    const [ended, other] = [await sessions.require(jar), await sessions.require(bystander)];
    expect(await callApi(stack, ended.accessToken)).toEqual(allOf(200));
    expect(await callApi(stack, other.accessToken)).toEqual(allOf(200));

    const token = await logoutTokenFor(stack, 'shop', { sid: ended.claims.sid ?? '' });
    await deliverLogout(`http://127.0.0.1:${stack.ports.shop}`, token);

    expect(await callApi(stack, ended.accessToken)).toEqual(allOf(401));
    expect(await callApi(stack, other.accessToken)).toEqual(allOf(200));
  });

  test('B-10, K-07: nothing renews it, though its refresh is due and its refresh token good', async ({
    stack,
  }) => {
    const [jar, bystander] = [await signedIn(stack), await signedIn(stack)];
    const sessions = await sessionsOf(stack, 'shop');
    const { claims } = await makeDue(sessions, jar, stack.origins.shop);
    await makeDue(sessions, bystander, stack.origins.shop);
    const token = await logoutTokenFor(stack, 'shop', { sid: claims.sid ?? '' });
    await deliverLogout(`http://127.0.0.1:${stack.ports.shop}`, token);
    const from = (await providerEvents(stack)).length;

    const after = await lookEverywhere(stack, cookieOf(jar, stack));

    expect(after.filter(({ showsPerson, renewed }) => showsPerson || renewed)).toEqual([]);
    expect(await renewals(stack, from)).toBe(0);
    // The same requests of somebody else do renew: one call for all of them.
    const others = await lookEverywhere(stack, cookieOf(bystander, stack));
    expect(others.filter(({ showsPerson }) => !showsPerson)).toEqual([]);
    expect(others.some(({ renewed }) => renewed)).toBe(true);
    expect(await renewals(stack, from)).toBe(1);
  });
});
