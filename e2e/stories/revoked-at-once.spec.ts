import { withOwnEstate } from '../fixtures/own-estate.ts';
import { expect } from '../fixtures/test.ts';
import { type CookieJar, createCookieJar } from '../support/cookie-jar.ts';
import { deliverLogout, logoutTokenFor } from '../support/logout-token.ts';
import { providerEvents } from '../support/provider-events.ts';
import { sendAsRouter } from '../support/router-fetch.ts';
import { FRESH, makeDue, SESSION, sessionsOf } from '../support/sealed-session.ts';
import type { EstateFacts } from '../support/shared-estate.ts';
import { NAVIGATION, signInOverHttp } from '../support/sign-in-over-http.ts';

const test = withOwnEstate({ name: 'e2e-revoked', processes: { shop: 2 } });
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
  /** Whether the marker that keeps proxy.ts from running was taken away. */
  readonly unmarked: boolean;
}

/** What somebody sees who holds this cookie and no other, on every process. */
async function lookEverywhere({ origins: { shop } }: EstateFacts, cookie: string): Promise<readonly Seen[]> {
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

async function signedIn(estate: EstateFacts) {
  const jar = createCookieJar();
  await signInOverHttp(jar, estate, 'shop', 'ada');
  return jar;
}

const cookieOf = (jar: CookieJar, { origins }: EstateFacts) => jar.find(origins.shop, SESSION) ?? '';

async function renewals(estate: EstateFacts, from: number): Promise<number> {
  const events = (await providerEvents(estate)).slice(from);
  return events.filter(({ type }) => type.startsWith('refresh.')).length;
}

test.describe('a logout token that one process takes', () => {
  test('B-10: ends every copy of the session on both within a second, for page, proxy and JSON alike', async ({
    estate,
  }) => {
    const jar = await signedIn(estate);
    const { claims } = await (await sessionsOf(estate, 'shop')).require(jar);
    const before = await lookEverywhere(estate, cookieOf(jar, estate));
    expect(before.filter(({ showsPerson }) => !showsPerson)).toEqual([]);

    const token = await logoutTokenFor(estate, 'shop', { sid: claims.sid ?? '' });
    // Straight to the first process: the other one hears of it by the shared store alone.
    const answer = await deliverLogout(`http://127.0.0.1:${estate.ports.shop}`, token);
    const began = Date.now();
    const after = await lookEverywhere(estate, cookieOf(jar, estate));

    expect(answer.status).toBe(200);
    expect(Date.now() - began).toBeLessThan(1000);
    expect(after.filter(({ showsPerson }) => showsPerson)).toEqual([]);
    expect(after.filter(({ renewed }) => renewed)).toEqual([]);
    // proxy.ts runs before pages alone.
    const byProxy = after.filter(({ what }) => what !== 'the session’s JSON');
    expect(byProxy.filter(({ unmarked }) => !unmarked)).toEqual([]);
  });

  test('B-10, K-07: nothing renews it, though its refresh is due and its refresh token good', async ({
    estate,
  }) => {
    const [jar, bystander] = [await signedIn(estate), await signedIn(estate)];
    const sessions = await sessionsOf(estate, 'shop');
    const { claims } = await makeDue(sessions, jar, estate.origins.shop);
    await makeDue(sessions, bystander, estate.origins.shop);
    const token = await logoutTokenFor(estate, 'shop', { sid: claims.sid ?? '' });
    await deliverLogout(`http://127.0.0.1:${estate.ports.shop}`, token);
    const from = (await providerEvents(estate)).length;

    const after = await lookEverywhere(estate, cookieOf(jar, estate));

    expect(after.filter(({ showsPerson, renewed }) => showsPerson || renewed)).toEqual([]);
    expect(await renewals(estate, from)).toBe(0);
    // The same requests of somebody else do renew: one call for all of them.
    const others = await lookEverywhere(estate, cookieOf(bystander, estate));
    expect(others.filter(({ showsPerson }) => !showsPerson)).toEqual([]);
    expect(others.some(({ renewed }) => renewed)).toBe(true);
    expect(await renewals(estate, from)).toBe(1);
  });
});
