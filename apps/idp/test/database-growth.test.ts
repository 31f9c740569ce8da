import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { locationOf } from './browser.ts';
import { openDatabaseContent } from './database-content.ts';
import { authorizationForm, authorizePath, codeForm, openTestProvider, signIn } from './test-provider.ts';

/** As `WAITING_REQUESTS_PER_NETWORK` and the README say: so many KiB of the database each. */
const KIB_EACH = 16;
const MOST = 60;
/** What SQLite keeps beside its file: 1,000 pages of 4 KiB, and the last statement's. */
const WAL_KIB = 4200;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'idp-growth-'));
});
afterAll(() => rm(folder, { recursive: true }));

const kibOf = async (path: string) => (await stat(path)).size / 1024;

/** States that make the largest small request, and the largest of all. */
const STATES = ['s'.repeat(850), '\u0001'.repeat(2400)];

it(`F-14 a network that floods in every way adds at most ${KIB_EACH} KiB for each request that may wait`, async () => {
  const path = join(folder, 'idp.sqlite');
  await using idp = await openTestProvider({
    DATABASE_URL: `file:${path}`,
    WAITING_REQUESTS_PER_NETWORK: String(MOST),
  });
  const origin = 'https://shop.example';
  const post = async (state: string) =>
    locationOf(await idp.browser().post('/authorize', authorizationForm({ state }), { origin })).pathname;
  const before = await kibOf(path);
  for (const state of STATES) {
    for (let count = 0; count < 4 * MOST; count += 1) {
      const browser = idp.browser();
      const page = locationOf(await browser.get(await post(state))).pathname;
      await browser.get(page);
      if (count % 2 === 0) await browser.post(page.replace('/sign-in/', '/authorize/').concat('/cancel'), {});
    }
    for (let count = 0; count < 2 * MOST; count += 1) await post(state);
  }
  const grown = (await kibOf(path)) - before;
  expect(grown).toBeLessThan(KIB_EACH * MOST);
  expect(grown).toBeGreaterThan(KIB_EACH * MOST * 0.3);
  expect(await kibOf(`${path}-wal`)).toBeLessThan(WAL_KIB);
});

/** As many grants as a sign-on session may have whose code nobody redeems, and as many redeemed ones of a client. */
const [CODES, REDEEMED] = [200, 100];

it.each([
  [`leaves them has ${CODES} grants`, CODES + 50, false, CODES],
  // With the code of the sign-in that nobody redeems, and one that makes room at the next request.
  [`redeems them has ${REDEEMED}`, REDEEMED + 50, true, REDEEMED + 2],
])(
  'F-14 a page that asks for codes with prompt=none over and over and %s at most, and the last code works',
  async (what, times, isRedeeming, most) => {
    const url = `file:${join(folder, `${what}.sqlite`)}`;
    await using idp = await openTestProvider({ DATABASE_URL: url });
    const browser = idp.browser();
    await signIn(browser);
    const statuses = new Set<number>();
    for (let count = 1; count <= times; count += 1) {
      const callback = locationOf(await browser.get(authorizePath({ prompt: 'none' })));
      if (isRedeeming || count === times) statuses.add((await idp.token(codeForm(callback))).status);
    }
    expect([...statuses]).toEqual([200]);
    const content = openDatabaseContent(url);
    const { grants = [] } = await content.read();
    await content.close();
    expect(grants.length).toBe(most);
  },
);
