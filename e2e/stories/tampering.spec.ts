import { expect, test } from '../fixtures/test.ts';
import { createCookieJar, requireLocation, visit } from '../support/cookie-jar.ts';
import { callbackOfLogin, NAVIGATION } from '../support/sign-in-over-http.ts';

const returnTargets = [
  'https://attacker.example/',
  '//attacker.example',
  '/\\attacker.example',
  '\\\\attacker.example',
  '/\t/attacker.example',
  'javascript:alert(1)',
  'https:attacker.example',
  'https://shop.localhost@attacker.example/',
  '/%0d%0aLocation:%20https://attacker.example',
];

test.describe('what an attacker changes', () => {
  test('P-07 P-12 a foreign state and code open no session and leave a way on', async ({
    page,
    onShop,
    stack,
  }) => {
    const answer = await page.goto(
      `${stack.origins.shop}/auth/callback?code=stolen&state=foreign&iss=${stack.origins.idp}`,
    );
    expect(answer?.status()).toBeGreaterThanOrEqual(400);
    expect(answer?.status()).toBeLessThan(500);
    await expect(page.getByRole('link').first()).toBeVisible();
    await onShop.open('/');
    await onShop.expectSignedOut();
  });

  test('P-05 a code that is changed on its way opens no session and leaves a way on', async ({ stack }) => {
    const jar = createCookieJar();
    const callback = new URL(
      await callbackOfLogin(jar, stack, `${stack.origins.shop}/auth/login?return_to=/`, 'ada'),
    );
    callback.searchParams.set('code', 'not-the-code');

    const answer = await visit(jar, callback.href, { headers: NAVIGATION });

    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(await answer.text()).toContain('/auth/login');
    expect(jar.header(stack.origins.shop)).not.toContain('__Host-session');
  });

  test('C-01 a session cookie with one byte changed is signed out, not an error', async ({
    page,
    context,
    onShop,
    signIn,
    stack,
  }) => {
    await signIn('ada');
    const cookies = await context.cookies(stack.origins.shop);
    const session = cookies.find(({ name }) => name === '__Host-session');
    expect(session).toBeDefined();
    if (!session) return;
    const middle = Math.floor(session.value.length / 2);
    const flipped = session.value[middle] === 'A' ? 'B' : 'A';
    const value = session.value.slice(0, middle) + flipped + session.value.slice(middle + 1);
    await context.clearCookies();
    await context.addCookies([{ ...session, value }]);

    const answer = await page.goto(`${stack.origins.shop}/`);

    expect(answer?.status()).toBe(200);
    await onShop.expectSignedOut();
  });

  for (const target of returnTargets) {
    test(`G7 L-01 return_to ${JSON.stringify(target)} never leaves the shop`, async ({ stack }) => {
      const jar = createCookieJar();
      const login = `${stack.origins.shop}/auth/login?return_to=${encodeURIComponent(target)}`;
      const callback = await callbackOfLogin(jar, stack, login, 'ada');
      const answer = await visit(jar, callback, { headers: NAVIGATION });
      expect(answer.status).toBe(303);
      expect(new URL(requireLocation(callback, answer)).origin).toBe(stack.origins.shop);
      expect(jar.header(stack.origins.shop)).toContain('__Host-session');
    });
  }
});
