import { withOwnStack } from '../fixtures/own-stack.ts';
import { expect } from '../fixtures/test.ts';
import { type CookieJar, createCookieJar, visit } from '../support/cookie-jar.ts';
import { countEvents, providerEvents } from '../support/provider-events.ts';
import { send } from '../support/send.ts';
import { NAVIGATION, signInOverHttp } from '../support/sign-in-over-http.ts';

const REQUESTS = 12;
/** The stack kills a process that takes longer to end, so a faster one ended by itself. F-13 allows ten seconds. */
const GRACE_MILLISECONDS = 5000;

const test = withOwnStack({ name: 'e2e-drain' });

test('F-13 a shop that is told to end answers what it has begun, and ends', async ({ stack, running }) => {
  const jars = Array.from({ length: REQUESTS }, createCookieJar);
  await Promise.all(jars.map((jar) => signInOverHttp(jar, stack, 'shop', 'ada')));
  const before = (await providerEvents(stack)).length;
  // A product's page waits two seconds for the blog: that keeps the requests under way.
  running.signal('blog', 'SIGSTOP');
  const page = `http://127.0.0.1:${stack.ports.shop}/products/red-headlamp`;
  // A kept connection would hold the process for another five seconds (Node's keep-alive timeout).
  const headersOf = (jar: CookieJar) => ({ cookie: jar.header(stack.origins.shop), connection: 'close' });
  const answers = Promise.allSettled(
    jars.map((jar) => send(page, { headers: { ...NAVIGATION, ...headersOf(jar) } })),
  );
  // Each session needs a token of its own for the blog: once all were given, all requests have begun.
  await expect
    .poll(async () => (await countEvents(stack, before))['token.exchanged'] ?? 0, { intervals: [10] })
    .toBe(REQUESTS);

  const began = Date.now();
  await running.stop('shop', 'SIGTERM');
  const milliseconds = Date.now() - began;

  const seen = (await answers).map((answer) =>
    answer.status === 'fulfilled' ? answer.value.status : String(answer.reason),
  );
  expect(seen).toEqual(Array.from({ length: REQUESTS }, () => 200));
  expect(milliseconds, 'they were under way').toBeGreaterThan(500);
  expect(milliseconds).toBeLessThan(GRACE_MILLISECONDS);
  process.stdout.write(
    `${REQUESTS} requests under way were answered; the shop ended in ${milliseconds} ms\n`,
  );

  running.signal('blog', 'SIGCONT');
  await running.restart('shop');
  const [jar = createCookieJar()] = jars;
  expect((await visit(jar, `${stack.origins.shop}/members`, { headers: NAVIGATION })).status).toBe(200);
});
