import { apps } from '@sso/domains';
import { expect, type Page, test } from '../fixtures/test.ts';
import { createPerson } from '../support/person.ts';
import { createCookieJar, visit } from '../support/cookie-jar.ts';
import { fillAs } from '../support/provider-pages.ts';
import { createGenericClient } from '../support/generic-client.ts';

const asked = { scope: 'openid profile email', resource: apps.shop.audience };

/** The query that the browser is sent back with. No server runs at that address, so the request itself is looked at. */
async function answerTo(page: Page): Promise<URLSearchParams> {
  const request = await page.waitForRequest(/^https:\/\/foreign\.example\/callback\?/);
  return new URL(request.url()).searchParams;
}

test.describe('a third-party site', () => {
  test('gets what a person leaves ticked, and is not asked about again', async ({ page, stack }) => {
    const client = await createGenericClient(stack);
    const person = createPerson(stack, 'mira');
    // No server runs at that address: the test looks at where the browser ends up.
    await page.route('https://foreign.example/**', (route) => route.fulfill({ body: 'back at the client' }));
    const address = client.address({ ...asked, scope: `${asked.scope} phone` }, 'third');

    await page.goto(address);
    await person.fillSignIn(page);
    await expect(page.getByRole('heading', { level: 1 })).toContainText('The Observatory');
    await expect(page.getByRole('main')).toContainText('foreign.example');
    for (const word of [/e-?mail/i, /phone/i]) {
      await page.getByRole('checkbox', { name: word }).uncheck();
    }
    const answer = answerTo(page);
    await page.getByRole('button', { name: /allow/i }).click();
    const { claims, accessToken } = await client.redeem(await answer, 'third');
    expect(claims).toMatchObject({ name: 'Mira Lindqvist' });
    expect(claims).not.toHaveProperty('email');
    expect((await client.verify(accessToken)).claims).toMatchObject({ aud: apps.shop.audience });

    const again = answerTo(page);
    await page.goto(address).catch(() => undefined);
    expect((await again).get('code')).toMatch(/./);
  });

  test('hears of it when the person goes back', async ({ page, stack }) => {
    const client = await createGenericClient(stack);
    await page.route('https://foreign.example/**', (route) => route.fulfill({ body: 'back at the client' }));
    await page.goto(client.address({ ...asked, prompt: 'consent' }, 'third'));
    await createPerson(stack, 'mira').fillSignIn(page);
    const answer = answerTo(page);
    await page.getByRole('button', { name: /cancel/i }).click();
    const expected = { error: 'access_denied', state: 'as it was', iss: stack.origins.idp };
    expect(Object.fromEntries(await answer)).toMatchObject(expected);
  });

  test('gets no permission that was refused, even where it was the only one asked for', async ({ stack }) => {
    const client = await createGenericClient(stack);
    const signIn = fillAs(stack, 'ada');
    const { answer } = await client.authorize(
      { ...asked, scope: 'openid shop:prices.member', prompt: 'consent' },
      {
        as: 'third',
        fillForm(forms) {
          const form = signIn(forms);
          form?.fields.delete('allow', 'shop:prices.member');
          return form;
        },
      },
    );
    const login = client.redeem(answer, 'third', { resource: apps.shop.audience });
    await expect(login).rejects.toThrow('invalid_target');
  });

  test('stays away from people it has not been allowed to know: prompt=none', async ({ stack }) => {
    const client = await createGenericClient(stack);
    const jar = createCookieJar();
    await client.login({}, { jar, username: 'ben' });
    const { answer } = await client.authorize({ prompt: 'none' }, { jar, as: 'third' });
    expect(answer.get('error')).toBe('consent_required');
  });

  test('comes while the person is away only where they agreed to that', async ({ stack }) => {
    const client = await createGenericClient(stack);
    const offline = { scope: 'openid offline_access', prompt: 'consent' };
    const { jar, refreshToken, idToken } = await client.login(offline, { as: 'third' });
    const hint = new URLSearchParams({ id_token_hint: idToken });
    await visit(jar, `${client.endpoint('end_session_endpoint')}?${hint}`);
    expect((await client.authorize({ prompt: 'none' }, { jar })).answer.get('error')).toBe('login_required');
    const form = { grant_type: 'refresh_token', refresh_token: refreshToken };
    expect((await client.post('token_endpoint', form, 'third')).status).toBe(200);
  });
});
