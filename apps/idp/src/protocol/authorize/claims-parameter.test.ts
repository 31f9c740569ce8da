import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { locationOf } from '../../../test/browser.ts';
import { authorizePath, type TestProvider, openTestProvider, signIn } from '../../../test/test-provider.ts';
import { ISSUER } from '../../../test/registrations.ts';

const asking = (claims: unknown, change: Record<string, string> = {}) =>
  authorizePath({ claims: typeof claims === 'string' ? claims : JSON.stringify(claims), ...change });

describe('the claims parameter', () => {
  let idp: TestProvider;
  beforeAll(async () => {
    idp = await openTestProvider();
  });
  afterAll(() => idp[Symbol.asyncDispose]());

  const answerTo = async (path: string, username = 'ada') => {
    const browser = idp.browser();
    await signIn(browser, authorizePath(), username);
    return locationOf(await browser.get(path)).searchParams;
  };

  it.each<readonly [string, unknown, string | null]>([
    ['null for a claim', { userinfo: { name: null } }, null],
    ['an unknown claim', { id_token: { shoe_size: { essential: true } } }, null],
    ['an unknown place', { elsewhere: { name: 'x' }, id_token: { name: { value: 3 } } }, null],
    ['X-15 prototype keys', '{"id_token":{"__proto__":null,"constructor":{"essential":true}}}', null],
    ['a voluntary acr that nobody meets', { id_token: { acr: { values: ['urn:x'] } } }, null],
    ['an essential acr of ours', { id_token: { acr: { essential: true, values: ['urn:x', 'pwd'] } } }, null],
    ['an essential acr without values', { id_token: { acr: { essential: true } } }, null],
    [
      'an essential acr that nobody meets',
      { id_token: { acr: { essential: true, values: ['urn:x'] } } },
      'unmet_authentication_requirements',
    ],
    [
      'an essential acr of one value that nobody meets',
      { id_token: { acr: { essential: true, value: 'urn:x' } } },
      'unmet_authentication_requirements',
    ],
    ['the sub of whoever is there', { id_token: { sub: { value: 'sub-ada' } } }, null],
    ['one of several people', { userinfo: { sub: { values: ['sub-ben', 'sub-ada'] } } }, null],
    [
      'P-21 several people, none of them there',
      { id_token: { sub: { values: ['a', 'b'] } } },
      'login_required',
    ],
    [
      'P-21 two places that name different people',
      { id_token: { sub: { value: 'sub-ada' } }, userinfo: { sub: { value: 'sub-ben' } } },
      'login_required',
    ],
    ['P-21 the sub of somebody else', { id_token: { sub: { value: 'sub-ben' } } }, 'login_required'],
    ['text that is no JSON', '{', 'invalid_request'],
    ['a list', '[]', 'invalid_request'],
    ['a claim that is a text', { id_token: { name: 'x' } }, 'invalid_request'],
    ['X-16 10 000 brackets', '['.repeat(10_000), 'invalid_request'],
  ])('with %s', async (_what, claims, error) => {
    const answer = await answerTo(asking(claims, { prompt: 'none' }));
    expect(answer.get('error')).toBe(error);
    expect(answer.get('iss')).toBe(ISSUER);
  });

  it('takes acr_values, ui_locales, display and claims_locales although they are voluntary', async () => {
    const voluntary = {
      acr_values: 'urn:x urn:y',
      ui_locales: 'de-CH fr en',
      claims_locales: 'de',
      display: 'popup',
    };
    expect((await answerTo(authorizePath({ ...voluntary, prompt: 'none' }))).get('code')).not.toBeNull();
  });
});
