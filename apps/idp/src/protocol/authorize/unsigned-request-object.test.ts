import { CompactEncrypt, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Browser, locationOf } from '../../../test/browser.ts';
import { authorizePath, type TestProvider, openTestProvider } from '../../../test/test-provider.ts';
import { formFieldsOf } from '../../../test/form-fields.ts';
import { ISSUER } from '../../../test/registrations.ts';
import { readResponseParameters } from './unsigned-request-object.ts';

const encode = (text: string) => Buffer.from(text).toString('base64url');
const objectOf = (payload: string, header = '{"alg":"none"}') => `${encode(header)}.${encode(payload)}.`;
const unsigned = (claims: object) => objectOf(JSON.stringify(claims));

const PARAMETERS = { state: 'state-2', response_mode: 'form_post' };

/** A request object in place of the parameters that a client would put into it. */
const withObject = (request: string, change: Record<string, string | undefined> = {}) =>
  authorizePath({ state: undefined, request, ...change });

describe('an authorization request with a request object', () => {
  let idp: TestProvider;
  let browser: Browser;
  beforeAll(async () => {
    idp = await openTestProvider();
    browser = idp.browser();
  });
  afterAll(() => idp[Symbol.asyncDispose]());

  it('is refused by form_post and with the state, as the unsigned object says', async () => {
    const response = await browser.get(withObject(unsigned(PARAMETERS)));
    const html = await response.text();
    expect(html).toContain('method="post" action="https://shop.example/auth/callback"');
    expect(formFieldsOf(html)).toMatchObject({
      error: 'request_not_supported',
      state: 'state-2',
      iss: ISSUER,
    });
  });

  it('is refused with the object’s state where its parameters name another', async () => {
    const answer = locationOf(
      await browser.get(withObject(unsigned({ state: 'inner' }), { state: 'outer' })),
    );
    expect(answer.searchParams.getAll('state')).toEqual(['inner']);
  });

  it('P-22 goes where its parameters say, whatever else stands in the object', async () => {
    const hostile = unsigned({
      ...PARAMETERS,
      response_mode: 'query',
      client_id: 'blog',
      redirect_uri: 'https://evil.example/',
      prompt: 'none',
      scope: 'openid',
    });
    const answer = locationOf(await browser.get(withObject(hostile)));
    expect(answer.origin + answer.pathname).toBe('https://shop.example/auth/callback');
    expect(Object.fromEntries(answer.searchParams)).toMatchObject({ error: 'request_not_supported' });
  });

  it('P-22 gets a page while only the object names client and address', async () => {
    const claims = { client_id: 'shop', redirect_uri: 'https://shop.example/auth/callback' };
    const inside = { client_id: undefined, redirect_uri: undefined };
    expect((await browser.get(withObject(unsigned(claims), inside))).status).toBe(400);
  });

  it.each([
    [
      'a response_mode that nobody knows',
      unsigned({ ...PARAMETERS, response_mode: 'web_message' }),
      'state-2',
    ],
    [
      'a response_mode named constructor',
      unsigned({ ...PARAMETERS, response_mode: 'constructor' }),
      'state-2',
    ],
    ['a response_mode that is an object', unsigned({ ...PARAMETERS, response_mode: {} }), 'state-2'],
    ['a state that is no text', unsigned({ state: { a: 1 } }), null],
    ['an empty state', unsigned({ state: '' }), null],
    ['X-21 a state with NUL', unsigned({ state: 'a\0b' }), null],
    ['X-21 a state with half a character', objectOf('{"state":"a\\ud800b"}'), null],
    ['100-deep JSON beside a state', objectOf(`{"state":"s","x":${'['.repeat(100)}${']'.repeat(100)}}`), 's'],
    ['JSON that is nothing but depth', objectOf('['.repeat(6000)), null],
    ['JSON that is no object', objectOf('[]'), null],
    ['no JSON', objectOf('state=state-2'), null],
    ['a name of every object', objectOf('{"__proto__":{"state":"s","response_mode":"form_post"}}'), null],
    ['an object that is huge', unsigned({ ...PARAMETERS, x: 'x'.repeat(16_384) }), null],
    ['an alg none that carries a signature', `${unsigned(PARAMETERS)}c2ln`, null],
    ['no alg', objectOf(JSON.stringify(PARAMETERS), '{}'), null],
    ['two parts', `${encode('{"alg":"none"}')}.${encode(JSON.stringify(PARAMETERS))}`, null],
    ['nothing but dots', '..', null],
    ['no token at all', 'x', null],
  ])('P-22 is refused in the query where it holds %s', async (_what, object, state) => {
    const answer = locationOf(await browser.get(withObject(object)));
    expect(answer.searchParams.get('error')).toBe('request_not_supported');
    expect(answer.searchParams.get('state')).toBe(state);
  });

  it('P-22 signed by a stranger counts for nothing', async () => {
    const { privateKey } = await generateKeyPair('ES256');
    const signed = await new SignJWT(PARAMETERS).setProtectedHeader({ alg: 'ES256' }).sign(privateKey);
    const answer = locationOf(await browser.get(withObject(signed, { state: 'outer' })));
    expect(Object.fromEntries(answer.searchParams)).toMatchObject({
      error: 'request_not_supported',
      state: 'outer',
    });
  });

  it('P-22 encrypted counts for nothing', async () => {
    const { publicKey } = await generateKeyPair('ECDH-ES');
    const encrypted = await new CompactEncrypt(new TextEncoder().encode(unsigned(PARAMETERS)))
      .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM' })
      .encrypt(publicKey);
    const answer = locationOf(await browser.get(withObject(encrypted)));
    expect(answer.searchParams.get('error')).toBe('request_not_supported');
    expect(answer.searchParams.get('state')).toBeNull();
  });

  it('P-04 goes by query to a client that did not register form_post', async () => {
    const client = { client_id: 'pusher', redirect_uri: 'https://pusher.example/auth/callback' };
    const answer = locationOf(await browser.get(withObject(unsigned(PARAMETERS), client)));
    expect(answer.searchParams.get('state')).toBe('state-2');
  });

  it('P-02 twice counts for neither', async () => {
    const path = `${withObject(unsigned(PARAMETERS))}&request=${unsigned({ state: 'state-3' })}`;
    const answer = locationOf(await browser.get(path));
    expect(Object.fromEntries(answer.searchParams)).toEqual({
      error: 'invalid_request',
      error_description: 'request was sent more than once',
      error_uri: 'https://id.example/errors/invalid_request',
      iss: ISSUER,
    });
  });

  it('is refused in the same way by POST', async () => {
    const form = Object.fromEntries(new URLSearchParams(withObject(unsigned(PARAMETERS)).split('?')[1]));
    const html = await (await browser.post('/authorize', form)).text();
    expect(formFieldsOf(html)).toMatchObject({ error: 'request_not_supported', state: 'state-2' });
  });
});

describe('the response parameters of a request object', () => {
  it('are none where there is no object', () => {
    expect(readResponseParameters(undefined)).toEqual({ state: undefined, responseMode: undefined });
  });
});
