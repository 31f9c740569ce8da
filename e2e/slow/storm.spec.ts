import { withOwnStack } from '../fixtures/own-stack.ts';
import { expect } from '../fixtures/test.ts';
import { createCookieJar } from '../support/cookie-jar.ts';
import { countEvents, providerEvents } from '../support/provider-events.ts';
import { makeDue, SESSION, sessionsOf } from '../support/sealed-session.ts';
import { signInOverHttp } from '../support/sign-in-over-http.ts';
import { raiseStorm, type StormAnswer } from '../support/storm.ts';

const ROUNDS = 20;
const REQUESTS = 100;
const PROCESSES = 2;

const test = withOwnStack({ name: 'e2e-storm', processes: { shop: PROCESSES } });

test('pain 1, pain 3, K-03: 100 parallel requests on two processes, 20 times over: nobody is signed out', async ({
  stack,
}) => {
  const { shop } = stack.origins;
  const sessions = await sessionsOf(stack, 'shop');
  const jar = createCookieJar();
  await signInOverHttp(jar, stack, 'shop', 'ada');
  const calls: number[] = [];
  const began = Date.now();

  for (let round = 1; round <= ROUNDS; round += 1) {
    const before = (await providerEvents(stack)).length;
    const session = await makeDue(sessions, jar, shop);
    const cookie = jar.find(shop, SESSION) ?? '';
    const answers = await raiseStorm({ origin: shop, sessions, cookie, session, requests: REQUESTS });

    const lost = answers.filter(({ status, isSignedIn }) => status !== 200 || !isSignedIn);
    expect(lost.map(({ kind, status }) => `${kind} ${status}`)).toEqual([]);
    const renewed = answers.flatMap((answer) => (answer.session ? [answer.session] : []));
    expect(answers.filter(({ cookie: set }) => set === '')).toHaveLength(0);
    expect(new Set(renewed.map(({ refreshToken }) => refreshToken)).size).toBe(1);
    expect(new Set(renewed.map(({ accessToken }) => accessToken)).size).toBe(1);
    expect(renewed[0]?.refreshToken === session.refreshToken).toBe(false);

    const events = await countEvents(stack, before);
    expect(events['refresh.reused']).toBeUndefined();
    expect(events['session.ended']).toBeUndefined();
    expect(events['refresh.rotated']).toBe(1);
    // The processes agree among themselves: the provider is asked once, and its replay window stays unused.
    expect(events['refresh.replayed']).toBeUndefined();
    calls.push(events['refresh.rotated'] ?? 0);
    jar.put(shop, SESSION, pick(answers, round));
  }

  const total = calls.reduce((sum, count) => sum + count, 0);
  const figures = `${ROUNDS} x ${REQUESTS} requests in ${Math.round((Date.now() - began) / 1000)} s: ${total} refresh calls at the provider, 0 signed out, 0 families revoked`;
  test.info().annotations.push({ type: 'figures', description: figures });
  process.stdout.write(`${figures}\n`);
});

/** A browser keeps the cookie of the last answer, and the order is up to the network: another one each round. */
function pick(answers: readonly StormAnswer[], round: number): string | undefined {
  const cookies = answers.flatMap(({ cookie }) => (cookie ? [cookie] : []));
  return cookies[(round * 7) % cookies.length];
}
