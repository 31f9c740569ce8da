import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { locationOf } from '../../../test/browser.ts';
import {
  authorizationForm,
  authorizePath,
  errorOf,
  type TestProvider,
  openTestProvider,
  tokenRequest,
} from '../../../test/test-provider.ts';
import { ISSUER } from '../../../test/registrations.ts';

type Row = readonly [what: string, change: Record<string, string | undefined>, error: string];

const refusals: readonly Row[] = [
  ['P-03 response_type token', { response_type: 'token' }, 'unsupported_response_type'],
  ['P-03 response_type id_token', { response_type: 'id_token' }, 'unsupported_response_type'],
  ['P-03 response_type code token', { response_type: 'code token' }, 'unsupported_response_type'],
  ['P-03 response_type none', { response_type: 'none' }, 'unsupported_response_type'],
  ['P-03 no response_type', { response_type: undefined }, 'invalid_request'],
  ['P-04 response_mode fragment', { response_mode: 'fragment' }, 'invalid_request'],
  ['P-04 response_mode web_message', { response_mode: 'web_message' }, 'invalid_request'],
  ['P-04 an odd response_mode', { response_mode: 'constructor' }, 'invalid_request'],
  ['P-08 no challenge', { code_challenge: undefined, code_challenge_method: undefined }, 'invalid_request'],
  ['P-08 a method without a challenge', { code_challenge: undefined }, 'invalid_request'],
  ['P-08 plain', { code_challenge_method: 'plain' }, 'invalid_request'],
  ['P-08 no method', { code_challenge_method: undefined }, 'invalid_request'],
  ['P-08 s256 in lower case', { code_challenge_method: 's256' }, 'invalid_request'],
  ['P-08 a short challenge', { code_challenge: 'short' }, 'invalid_request'],
  ['P-08 a padded challenge', { code_challenge: `${'a'.repeat(42)}=` }, 'invalid_request'],
  ['P-19 prompt=none while signed out', { prompt: 'none' }, 'login_required'],
  ['P-19 prompt=none login', { prompt: 'none login' }, 'invalid_request'],
  ['P-19 prompt=x', { prompt: 'x' }, 'invalid_request'],
  ['P-20 max_age=-1', { max_age: '-1' }, 'invalid_request'],
  ['P-20 max_age=NaN', { max_age: 'NaN' }, 'invalid_request'],
  ['P-20 a huge max_age', { max_age: '99999999999999999999' }, 'invalid_request'],
  ['P-20 max_age=1.5', { max_age: '1.5' }, 'invalid_request'],
  ['P-21 a forged id_token_hint', { id_token_hint: 'a.b.c' }, 'login_required'],
  ['P-22 a request object', { request: 'eyJhbGciOiJub25lIn0.e30.' }, 'request_not_supported'],
  ['P-22 a request_uri to loopback', { request_uri: 'http://127.0.0.1:1/' }, 'request_uri_not_supported'],
  ['P-22 a request_uri to a file', { request_uri: 'file:///etc/passwd' }, 'request_uri_not_supported'],
  ['P-22 a registration', { registration: '{}' }, 'registration_not_supported'],
  ['P-28 a nonce beyond all reason', { nonce: 'n'.repeat(1025) }, 'invalid_request'],
  [
    'P-28 claims beyond all reason',
    { claims: `{"userinfo":{"${'c'.repeat(8192)}":null}}` },
    'invalid_request',
  ],
  ['P-28 acr_values beyond all reason', { acr_values: 'a'.repeat(1025) }, 'invalid_request'],
  ['P-28 a resource beyond all reason', { resource: 'r'.repeat(2049) }, 'invalid_request'],
  ['an unknown resource', { resource: 'https://evil.example/api' }, 'invalid_target'],
  ['X-15 a resource named constructor', { resource: 'constructor' }, 'invalid_target'],
];

describe('an authorization request that is wrong', () => {
  let idp: TestProvider;
  beforeAll(async () => {
    idp = await openTestProvider();
  });
  afterAll(() => idp[Symbol.asyncDispose]());

  it.each(refusals)('%s tells the client', async (_what, change, error) => {
    const answer = locationOf(await idp.browser().get(authorizePath(change)));
    expect(answer.origin).toBe('https://shop.example');
    const expected = { error, state: 'state-1', iss: ISSUER };
    expect(Object.fromEntries(answer.searchParams)).toMatchObject(expected);
    expect(answer.searchParams.get('code')).toBeNull();
  });

  it.each([
    ['a state of more than 8 kB', 's'.repeat(8193)],
    ['a state of fewer characters that take more than 8 kB', '€'.repeat(2731)],
    ['a state of 8 kB that takes 48 kB as it is stored', '\u0001'.repeat(8192)],
  ])('P-28 %s is refused and comes back as it was, by GET, by POST and pushed', async (_what, state) => {
    const form = authorizationForm({ state });
    const posted = await idp.browser().post('/authorize', form, { origin: 'https://shop.example' });
    for (const answer of [await idp.browser().get(authorizePath({ state })), posted]) {
      const { searchParams } = locationOf(answer);
      expect(Object.fromEntries(searchParams)).toMatchObject({ error: 'invalid_request', state });
    }
    expect(await errorOf(idp.fetch(tokenRequest(form, 'shop', '/par')))).toBe('400 invalid_request');
  });

  it('P-02 with two states is refused without either of them counting', async () => {
    const answer = locationOf(await idp.browser().get(`${authorizePath()}&state=other`));
    expect(answer.searchParams.get('error')).toBe('invalid_request');
  });

  it('P-09 by a client that may leave PKCE out still never gets plain', async () => {
    const change = { client_id: 'lax', redirect_uri: 'https://lax.example/auth/callback' };
    const plain = locationOf(
      await idp.browser().get(authorizePath({ ...change, code_challenge_method: 'plain' })),
    );
    expect(plain.searchParams.get('error')).toBe('invalid_request');
    const without = { ...change, code_challenge: undefined, code_challenge_method: undefined };
    expect(locationOf(await idp.browser().get(authorizePath(without))).pathname).toMatch(/^\/sign-in\//);
  });

  it('gives the same answers by POST', async () => {
    const [path, query = ''] = authorizePath({ prompt: 'none login' }).split('?');
    const form = Object.fromEntries(new URLSearchParams(query));
    const answer = locationOf(await idp.browser().post(path ?? '', form, { origin: 'https://shop.example' }));
    expect(answer.searchParams.get('error')).toBe('invalid_request');
  });

  it.each([
    ['P-28 8 kB of state', 's'.repeat(8192)],
    ['P-28 markup and line breaks in the state', '<script>"\r\nSet-Cookie: a=b\r\n\u2028&iss=x'],
  ])('%s come back as they were', async (_what, state) => {
    const answer = locationOf(await idp.browser().get(authorizePath({ state, prompt: 'none' })));
    expect(answer.searchParams.get('state')).toBe(state);
    expect(answer.searchParams.getAll('iss')).toEqual([ISSUER]);
  });
});
