import { withOwnStack } from '../fixtures/own-stack.ts';
import { createSite } from '../fixtures/site.ts';
import { expect, type Page } from '../fixtures/test.ts';
import { createCookieJar, visit } from '../support/cookie-jar.ts';
import { openEventStream } from '../support/event-stream.ts';
import { goBack } from '../support/go-back.ts';
import { deliverLogout, logoutTokenFor } from '../support/logout-token.ts';
import { countRows } from '../support/site-database.ts';
import { SESSION, sessionsOf } from '../support/sealed-session.ts';
import type { StackInfo } from '../support/shared-stack.ts';
import { signInOverHttp } from '../support/sign-in-over-http.ts';

/** Playwright switches the back-forward cache off; people's browsers have it. */
const test = withOwnStack({ name: 'e2e-open-tabs', processes: { blog: 2 } }).extend<object, object>({
  launchOptions: [
    async ({ launchOptions }, use) =>
      use({ ...launchOptions, ignoreDefaultArgs: ['--disable-back-forward-cache'] }),
    { scope: 'worker' },
  ],
});
test.describe.configure({ mode: 'default' });

/** Caddy gives the requests to the two processes in turn. */
const TURNS = 4;
/** The stack kills a process that takes longer to end. */
const GRACE_MILLISECONDS = 5000;
const IDLE_SECONDS = 30 * 60;

const opensStream = (tab: Page) =>
  tab.waitForResponse((answer) => answer.url().endsWith('/auth/events') && answer.status() === 200);

/** The provider says that the session of this browser at the blog ended, to one process of the blog. */
async function endAtBlog(stack: StackInfo, cookie: string | undefined): Promise<void> {
  const session = await (await sessionsOf(stack, 'blog')).open(cookie ?? '');
  const token = await logoutTokenFor(stack, 'blog', { sid: session?.claims.sid ?? '' });
  expect((await deliverLogout(`http://127.0.0.1:${stack.ports.blog}`, token)).status).toBe(200);
}

async function signedInAtBlog(stack: StackInfo) {
  const jar = createCookieJar();
  await signInOverHttp(jar, stack, 'blog', 'ada');
  return jar;
}

test.describe('B-20 pain 4 pain 5: a tab that nobody touches', () => {
  test('greets nobody any more when the person signs out at another site, and its back button neither', async ({
    context,
    stack,
    signIn,
    onShop,
  }) => {
    const ada = await signIn('ada');
    const tab = await context.newPage();
    const onBlog = createSite(tab, stack.origins.blog);
    await onBlog.open('/notes/ten-by-fifty');
    await onBlog.expectGreeting(ada);
    const streamed = opensStream(tab);
    await onBlog.open('/');
    await onBlog.expectGreeting(ada);
    await streamed;

    await onShop.signOutButton.click();
    await onShop.expectSignedOut();

    await expect(onBlog.signInLink).toBeVisible();
    await expect(tab.getByText(ada.name)).toHaveCount(0);
    await goBack(tab);
    await expect(tab).toHaveURL(/\/notes\//);
    await expect(tab.getByText(ada.name)).toHaveCount(0);
  });

  test('shows no name when it comes back from the back-forward cache', async ({
    context,
    stack,
    signIn,
    onShop,
  }) => {
    const ada = await signIn('ada');
    const tab = await context.newPage();
    const onBlog = createSite(tab, stack.origins.blog);
    const streamed = opensStream(tab);
    await onBlog.open('/');
    await onBlog.expectGreeting(ada);
    await streamed;
    await tab.goto(`${stack.origins.shop}/products/star-atlas`);
    const before = countRows(stack, 'blog', 'revocations');

    await onShop.signOutButton.click();
    await onShop.expectSignedOut();
    await expect.poll(() => countRows(stack, 'blog', 'revocations')).toBeGreaterThan(before);
    // This tab hears of it at the shop, and loads anew, which would call off a way back that has just begun.
    await createSite(tab, stack.origins.shop).expectSignedOut();
    await goBack(tab);

    await onBlog.expectSignedOut();
    await expect(tab.getByText(ada.name)).toHaveCount(0);
  });

  test('changes in each of the tabs that share one stream', async ({ context, stack, signIn }) => {
    const ada = await signIn('ada');
    const tabs = [await context.newPage(), await context.newPage(), await context.newPage()];
    const streams: string[] = [];
    const sites = tabs.map((tab) => createSite(tab, stack.origins.blog));
    for (const [index, site] of sites.entries()) {
      site.page.on('request', (request) => {
        if (request.url().endsWith('/auth/events')) streams.push(`tab ${index}`);
      });
      const streamed = index === 0 ? opensStream(site.page) : undefined;
      await site.open('/');
      await site.expectGreeting(ada);
      await streamed;
    }
    await expect.poll(() => streams).toEqual(['tab 0']);
    const cookies = await context.cookies(stack.origins.blog);

    await endAtBlog(stack, cookies.find(({ name }) => name === SESSION)?.value);

    for (const { signInLink } of sites) await expect(signInLink).toBeVisible();
  });
});

test.describe('an event stream through Caddy', () => {
  test('B-20 says at once that the session ended, whichever process holds it', async ({ stack }) => {
    const jar = await signedInAtBlog(stack);
    const { blog } = stack.origins;
    const streams = await Promise.all(Array.from({ length: TURNS }, () => openEventStream(blog, jar)));
    for (const { text } of streams) await expect.poll(text, 'nothing is held back').toContain('retry: ');

    await endAtBlog(stack, jar.find(blog, SESSION));

    await Promise.all(streams.map(({ ended }) => ended));
    expect(streams.map(({ text }) => /^data: (.*)$/m.exec(text())?.[1])).toEqual(
      streams.map(() => 'changed'),
    );
  });

  test('B-20 is no use of the session: the idle time runs on, and ends it', async ({ stack }) => {
    const jar = await signedInAtBlog(stack);
    const { blog } = stack.origins;
    const lastSeenAt = Math.floor(Date.now() / 1000) - IDLE_SECONDS + 3;
    await (await sessionsOf(stack, 'blog')).change(jar, () => ({ lastSeenAt }));
    const stream = await openEventStream(blog, jar);
    expect(stream.status).toBe(200);
    await stream.ended;
    expect(stream.text()).not.toContain('data:');
    expect(await (await visit(jar, `${blog}/auth/session`)).json()).toEqual({ session: null });
  });

  test('B-21 is given to scripts of the site alone', async ({ stack }) => {
    const jar = await signedInAtBlog(stack);
    const url = `${stack.origins.blog}/auth/events`;
    for (const site of ['cross-site', 'same-site', 'none']) {
      const answer = await visit(jar, url, { headers: { 'sec-fetch-site': site } });
      expect(answer.status, site).toBe(403);
    }
  });

  test('F-13 keeps no process alive that is told to end', async ({ stack, running }) => {
    const jar = await signedInAtBlog(stack);
    const streams = await Promise.all(
      Array.from({ length: TURNS }, () => openEventStream(stack.origins.blog, jar)),
    );
    const began = Date.now();
    await running.stop('blog', 'SIGTERM');
    const milliseconds = Date.now() - began;
    await Promise.all(streams.map(({ ended }) => ended));
    expect(streams.map(({ status }) => status)).toEqual(streams.map(() => 200));
    expect(milliseconds).toBeLessThan(GRACE_MILLISECONDS);
    await running.restart('blog');
    const again = await openEventStream(stack.origins.blog, jar);
    expect(again.status).toBe(200);
    again.close();
  });
});
