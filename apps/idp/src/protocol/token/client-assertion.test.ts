import { generateSigningJwk, importSigningKey } from '@sso/auth/tokens';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorOf, type TestProvider, openTestProvider } from '../../../test/test-provider.ts';
import { ISSUER } from '../../../test/registrations.ts';
import { assertionForm, JWT_BEARER, signerKey } from '../../../test/signer.ts';

const stranger = await importSigningKey(await generateSigningJwk('ES256'));
const REFUSED = '401 invalid_client';
/** Authenticated, but with a refresh token that nobody issued. */
const PASSED = '400 invalid_grant';

type Form = Record<string, string>;

describe('a client that signs (private_key_jwt)', () => {
  let idp: TestProvider;
  beforeAll(async () => {
    idp = await openTestProvider();
  });
  afterAll(() => idp[Symbol.asyncDispose]());

  const ask = (form: Form, headers: Form = {}) =>
    idp.fetch(
      new Request(`${ISSUER}/token`, {
        method: 'POST',
        headers,
        body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: 'none', ...form }),
      }),
    );
  const now = () => idp.provider.clock();
  const signed = (claims?: Record<string, unknown>, key?: typeof signerKey) =>
    assertionForm(now(), claims, key);

  it.each<readonly [string, () => Promise<Form>]>([
    ['for the issuer', () => signed()],
    ['for the token endpoint', () => signed({ aud: `${ISSUER}/token` })],
    ['for both, as some clients send it', () => signed({ aud: [ISSUER, `${ISSUER}/token`] })],
    ['with its client_id beside it', async () => ({ ...(await signed()), client_id: 'signer' })],
    ['without iat', () => signed({ iat: undefined })],
  ])('is known by an assertion %s', async (_what, form) => {
    expect(await errorOf(ask(await form()))).toBe(PASSED);
  });

  it.each<readonly [string, () => Promise<Form>]>([
    ['another key under its kid', () => signed({}, { ...stranger, kid: signerKey.kid })],
    ['another key', () => signed({}, stranger)],
    ['another audience', () => signed({ aud: 'https://evil.example' })],
    ['an audience among others', () => signed({ aud: [ISSUER, 'https://evil.example'] })],
    ['another issuer', () => signed({ iss: 'shop' })],
    ['another client’s name', () => signed({ iss: 'shop', sub: 'shop' })],
    ['the name of a client with a secret', () => signed({ sub: 'shop' })],
    ['a name nobody has', () => signed({ iss: 'nobody', sub: 'nobody' })],
    ['no name', () => signed({ sub: undefined })],
    ['no end', () => signed({ exp: undefined })],
    ['an end in the past', () => signed({ exp: now() - 31 })],
    ['an end in two hours', () => signed({ exp: now() + 7200 })],
    ['no jti', () => signed({ jti: undefined })],
    ['another client_id beside it', async () => ({ ...(await signed()), client_id: 'shop' })],
    [
      'another type of assertion',
      async () => ({
        ...(await signed()),
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:saml2-bearer',
      }),
    ],
    ['no type', async () => ({ ...(await signed()), client_assertion_type: '' })],
    ['a type and nothing else', async () => ({ client_assertion_type: JWT_BEARER, client_id: 'signer' })],
    [
      'no JWT',
      async () => ({ client_assertion_type: JWT_BEARER, client_assertion: 'x', client_id: 'signer' }),
    ],
    ['T-27 20 kB', async () => ({ client_assertion_type: JWT_BEARER, client_assertion: 'x'.repeat(20_000) })],
    ['nothing but its name', async () => ({ client_id: 'signer' })],
    ['a secret instead', async () => ({ client_id: 'signer', client_secret: 'signer-secret-0123456789' })],
  ])('P-23 is not known by %s', async (_what, form) => {
    const response = await ask(await form());
    expect(response.headers.get('www-authenticate')).toMatch(/^Basic realm=/);
    expect(await errorOf(response)).toBe(REFUSED);
  });

  it('T-20 may write its times in fractions of a second, and then counts once all the same', async () => {
    const form = await signed({ exp: now() + 60.5, iat: now() - 0.25 });
    expect([await errorOf(ask(form)), await errorOf(ask(form))]).toEqual([PASSED, REFUSED]);
  });

  it('P-23 has no assertion counted twice, not even when two are sent at once', async () => {
    const form = await signed();
    const answers = await Promise.all(Array.from({ length: 10 }, () => errorOf(ask(form))));
    expect(answers.toSorted()).toEqual([PASSED, ...Array.from({ length: 9 }, () => REFUSED)]);
  });

  it('P-23 may use a jti that another client used', async () => {
    const jti = 'shared-jti';
    await idp.provider.store.consumeAssertion(jti, now() + 60);
    expect(await errorOf(ask(await signed({ jti })))).toBe(PASSED);
  });

  it('tells the log why, and the wire not', async () => {
    idp.events.length = 0;
    const answers = [await ask(await signed({ aud: 'x' })), await ask(await signed({}, stranger))];
    const texts = await Promise.all(answers.map((answer) => answer.text()));
    expect(new Set(texts).size).toBe(1);
    expect(idp.events).toMatchObject([
      { type: 'client.rejected', clientId: 'signer', reason: 'private_key_jwt: token_audience' },
      { type: 'client.rejected', clientId: 'signer', reason: 'private_key_jwt: token_key_unknown' },
    ]);
  });
});
