import type { Request } from '@playwright/test';
import { expect, test } from '../fixtures/test.ts';

test.describe('cookies and secrets', () => {
  test('G15 every cookie is __Host-, Secure, HttpOnly, SameSite and holds no readable JWT', async ({
    context,
    onBlog,
    signInByForm,
    stack,
  }) => {
    const ada = await signInByForm('ada');
    await onBlog.open('/');
    await onBlog.expectGreeting(ada);
    for (const origin of Object.values(stack.origins)) {
      const cookies = await context.cookies(origin);
      expect(cookies.length, origin).toBeGreaterThan(0);
      for (const cookie of cookies) {
        expect(cookie.name).toMatch(/^__Host-/);
        expect(cookie).toMatchObject({
          secure: true,
          httpOnly: true,
          path: '/',
          domain: new URL(origin).hostname,
        });
        expect(['Lax', 'Strict']).toContain(cookie.sameSite);
        expect(cookie.value).not.toMatch(/eyJ[\w-]+\.eyJ[\w-]+\./);
        expect(cookie.name.length + cookie.value.length).toBeLessThan(3800);
      }
    }
  });

  test('no site is ever sent a cookie of another', async ({ page, context, onBlog, signInByForm, stack }) => {
    const requests: Request[] = [];
    page.on('request', (request) => requests.push(request));
    const ada = await signInByForm('ada');
    await onBlog.open('/');
    await onBlog.expectGreeting(ada);

    const sent = await Promise.all(requests.map(cookieHeaderOf));
    for (const owner of Object.values(stack.origins)) {
      const own = (await context.cookies(owner))
        .map(({ value }) => value)
        .filter(({ length }) => length > 16);
      expect(own.length, `${owner} has a session of its own`).toBeGreaterThan(0);
      for (const [origin, cookies] of sent) {
        const seen = origin !== owner && own.some((value) => cookies.includes(value));
        expect(seen, `${origin} saw a cookie of ${owner}`).toBe(false);
      }
    }
  });

  test('C-05 the cookie of the shop opens nothing at the blog', async ({
    context,
    onBlog,
    signInByForm,
    stack,
  }) => {
    await signInByForm('ada');
    const cookie = (await context.cookies(stack.origins.shop)).find(({ name }) => name === '__Host-session');
    await context.clearCookies();
    await context.addCookies([
      { name: '__Host-session', value: cookie?.value ?? '', url: stack.origins.blog, secure: true },
    ]);
    await onBlog.open('/');
    await onBlog.expectSignedOut();
  });

  test('G19 C-09 no token in any address, page or storage; a code appears on the callback only', async ({
    page,
    onShop,
    onBlog,
    signInByForm,
    stack,
  }) => {
    const addresses: string[] = [];
    const bodies: Promise<readonly [string, string]>[] = [];
    page.on('request', (request) => addresses.push(request.url()));
    page.on('response', (response) => {
      const type = response.headers()['content-type'] ?? '';
      if (!/html|json|x-component|javascript/.test(type)) return;
      bodies.push(
        response.text().then(
          (text) => [response.url(), text] as const,
          () => [response.url(), ''] as const, // a redirect or an aborted prefetch has no body to look into
        ),
      );
    });
    await signInByForm('ada');
    await onShop.open('/session');
    await onBlog.open('/session');

    expect(addresses.filter((url) => /eyJ[\w-]{10,}/.test(url))).toEqual([]);
    const withCode = addresses.filter((url) => new URL(url).searchParams.has('code'));
    expect(withCode.every((url) => new URL(url).pathname === '/auth/callback')).toBe(true);
    expect(withCode.length).toBeGreaterThan(0);
    for (const [url, text] of await Promise.all(bodies))
      expect(/eyJ[\w-]{10,}\.eyJ/.test(text), url).toBe(false);
    for (const site of [onShop, onBlog]) {
      await site.open('/');
      const stored = await page.evaluate(() => JSON.stringify([localStorage, sessionStorage]));
      expect(stored).not.toContain('eyJ');
    }
    expect(stack.origins.shop).not.toBe(stack.origins.blog);
  });
});

async function cookieHeaderOf(request: Request): Promise<readonly [origin: string, cookies: string]> {
  return [new URL(request.url()).origin, (await request.allHeaders())['cookie'] ?? ''];
}
