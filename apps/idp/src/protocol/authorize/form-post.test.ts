import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { locationOf } from '../../../test/browser.ts';
import {
  authorizePath,
  codeForm,
  type TestProvider,
  openTestProvider,
  signIn,
} from '../../../test/test-provider.ts';
import { formFieldsOf } from '../../../test/form-fields.ts';
import { ISSUER } from '../../../test/registrations.ts';

const FORM_POST = { response_mode: 'form_post' };

describe('response_mode=form_post', () => {
  let idp: TestProvider;
  beforeAll(async () => {
    idp = await openTestProvider();
  });
  afterAll(() => idp[Symbol.asyncDispose]());

  async function signedIn() {
    const browser = idp.browser();
    await signIn(browser);
    return browser;
  }

  it('answers with a page whose form carries code, state and iss, and the code is good', async () => {
    const browser = await signedIn();
    const response = await browser.get(authorizePath({ ...FORM_POST, state: '"><script>&amp;' }));
    expect(response.status).toBe(200);
    const html = await response.text();
    expect(html).toContain('method="post" action="https://shop.example/auth/callback"');
    const { code = '', ...rest } = formFieldsOf(html);
    expect(rest).toEqual({ state: '"><script>&amp;', iss: ISSUER });
    const callback = new URL(
      `https://shop.example/auth/callback?${new URLSearchParams({ code }).toString()}`,
    );
    expect((await idp.token(codeForm(callback))).status).toBe(200);
  });

  it('P-17 P-26 runs a script file of the provider only, may post to that client only, and is not kept', async () => {
    const browser = await signedIn();
    const response = await browser.get(authorizePath(FORM_POST));
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("form-action 'self' https://shop.example;");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(response.headers.get('cache-control')).toBe('no-store');
    const html = await response.text();
    expect(html).toContain('<button class="button" type="submit">');
    const script = /<script src="([^"]+)"><\/script>/.exec(html)?.[1] ?? '';
    const served = await browser.get(script);
    expect(served.headers.get('content-type')).toContain('text/javascript');
    expect(await served.text()).toContain('.submit()');
  });

  it('carries refusals too, with state and iss', async () => {
    const html = await (await idp.browser().get(authorizePath({ ...FORM_POST, prompt: 'none' }))).text();
    expect(formFieldsOf(html)).toMatchObject({ error: 'login_required', state: 'state-1', iss: ISSUER });
  });

  it('is kept through a sign-in, and through its cancelling', async () => {
    const browser = idp.browser();
    const id = locationOf(await browser.get(authorizePath(FORM_POST)))
      .pathname.split('/')
      .at(-1);
    const html = await (await browser.post(`/authorize/${id}/cancel`, {})).text();
    expect(formFieldsOf(html)).toMatchObject({ error: 'access_denied', state: 'state-1', iss: ISSUER });
  });

  it.each([
    [
      'P-04 to a client registered for query only',
      { client_id: 'pusher', redirect_uri: 'https://pusher.example/auth/callback' },
    ],
    [
      'P-28 with a line break in the state, which a form would change',
      { state: 'a\nb', response_mode: 'form_post' },
    ],
  ])('%s is refused', async (_what, change) => {
    const response = await idp.browser().get(authorizePath({ ...FORM_POST, ...change }));
    const error =
      response.status === 303
        ? locationOf(response).searchParams.get('error')
        : formFieldsOf(await response.text())['error'];
    expect(error).toBe('invalid_request');
  });

  it('P-04 twice counts as neither', async () => {
    const answer = locationOf(await idp.browser().get(`${authorizePath(FORM_POST)}&response_mode=query`));
    expect(answer.searchParams.get('error')).toBe('invalid_request');
  });
});
