import { signAccessToken, verifyAccessToken, createLocalKeys } from '@sso/auth/tokens';
import { apps } from '@sso/domains';
import { expect, test } from '../fixtures/test.ts';
import { createCookieJar } from '../support/cookie-jar.ts';
import { requireProviderKey } from '../support/logout-token.ts';
import { SESSION, sessionsOf } from '../support/sealed-session.ts';
import type { StackInfo } from '../support/shared-stack.ts';
import { signInOverHttp } from '../support/sign-in-over-http.ts';

/** Browsers drop a cookie over 4096 bytes without a word; half a kilobyte stays free. */
const BUDGET = 3500;
const LONGEST = 'wolfeschlegelsteinhausenbergerdorff';

test.describe('pain 12: the session of the person with the longest of everything fits into one cookie', () => {
  for (const site of ['shop', 'blog'] as const) {
    test(`at the ${site}, signed with ES256`, async ({ stack }) => {
      const jar = createCookieJar();
      await signInOverHttp(jar, stack, site, LONGEST);
      expect(SESSION.length + (jar.find(stack.origins[site], SESSION)?.length ?? BUDGET)).toBeLessThan(
        BUDGET,
      );
    });

    test(`at the ${site}, signed with RS256, in a real browser`, async ({ page, context, stack }) => {
      const origin = stack.origins[site];
      const value = await withLongSignature(stack, site);
      expect(SESSION.length + value.length).toBeLessThan(BUDGET);

      await context.addCookies([
        { name: SESSION, value, url: origin, secure: true, httpOnly: true, sameSite: 'Lax' },
      ]);
      await page.goto(`${origin}/session`);

      await expect(page.getByRole('banner')).toContainText('Wolfeschlegelsteinhausenbergerdorff');
      const kept = (await context.cookies(origin)).find(({ name }) => name === SESSION);
      expect(kept?.value).toBe(value);
    });
  }
});

/** The session as it would be if the provider signed this audience's tokens with its RSA key. */
async function withLongSignature(stack: StackInfo, site: 'shop' | 'blog'): Promise<string> {
  const jar = createCookieJar();
  await signInOverHttp(jar, stack, site, LONGEST);
  const sessions = await sessionsOf(stack, site);
  const { accessToken } = await sessions.require(jar);
  const [issued, long] = [await requireProviderKey(stack), await requireProviderKey(stack, 'RS256')];
  const claims = await verifyAccessToken(accessToken, {
    issuer: stack.origins.idp,
    audience: apps[site].audience,
    algorithms: ['ES256'],
    keys: createLocalKeys({ keys: [issued.publicJwk] }),
  });
  const token = await signAccessToken(claims, long);
  await sessions.change(jar, () => ({ accessToken: token }));
  return jar.find(stack.origins[site], SESSION) ?? '';
}
