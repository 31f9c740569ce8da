import { expect, test } from '../fixtures/test.ts';
import { send } from '../support/send.ts';
import { NAVIGATION } from '../support/sign-in-over-http.ts';

test.describe('pain 13: silent sign-in never traps anybody', () => {
  test('a browser that keeps no cookies sees the page after at most one round trip', async ({ stack }) => {
    let url = `${stack.origins.shop}/`;
    let visitsToProvider = 0;
    for (let hop = 0; hop < 8; hop += 1) {
      const response = await send(url, { headers: NAVIGATION });
      if (response.status === 200) {
        expect(await response.text()).toContain('Nightfield');
        break;
      }
      expect(response.status).toBeGreaterThanOrEqual(302);
      expect(response.status).toBeLessThan(400);
      url = new URL(response.headers.get('location') ?? '', url).href;
      if (new URL(url).pathname === '/authorize') visitsToProvider += 1;
    }
    expect(new URL(url).origin).toBe(stack.origins.shop);
    expect(visitsToProvider, 'the provider is asked once').toBe(1);
  });

  for (const [what, headers] of [
    ['a command-line client', {}],
    ['a prefetch', { ...NAVIGATION, 'sec-purpose': 'prefetch' }],
    ['a fetch from a page', { 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty', rsc: '1' }],
    ['an iframe', { ...NAVIGATION, 'sec-fetch-dest': 'iframe' }],
  ] as const) {
    test(`${what} is never sent to the provider`, async ({ stack }) => {
      const response = await send(`${stack.origins.shop}/`, { headers });
      const location = response.headers.get('location') ?? '';
      expect(location).not.toContain(stack.origins.idp);
      expect(location).not.toContain('/auth/login');
      expect(response.status).toBeLessThan(500);
    });
  }
});
