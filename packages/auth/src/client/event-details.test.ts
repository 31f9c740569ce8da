import { beforeEach, describe, expect, it } from 'vitest';
import type { AuthEvent } from '../foundation/index.ts';
import { openTestSite, type TestSite } from '../testing/index.ts';

let test: TestSite;
beforeEach(async () => {
  test = await openTestSite({ eventDetails: true });
});

function eventsOf<T extends AuthEvent['type']>(type: T): Extract<AuthEvent, { type: T }>[] {
  const isOne = (event: AuthEvent): event is Extract<AuthEvent, { type: T }> => event.type === type;
  return test.events.filter(isOne);
}

const details = ['token.checked', 'callback.checked', 'cookies.handled'] as const;

it('tells nobody what was compared, unless asked for', async () => {
  const quiet = await openTestSite();
  await quiet.browser.signIn();
  await quiet.requestPage();
  expect(quiet.events.filter(({ type }) => details.some((name) => name === type))).toEqual([]);
});

describe('eventDetails', () => {
  it('tells each check of the ID token with both values, and of the access token beside it', async () => {
    await test.browser.signIn();
    const [id, access] = eventsOf('token.checked');
    expect(id).toMatchObject({ token: 'id', clientId: test.issuer.clientId });
    expect(id).not.toHaveProperty('code');
    expect(id?.checks.every(({ passed }) => passed)).toBe(true);
    expect(id?.checks.map(({ name }) => name).join(' ')).toBe(
      'form typ alg kid signature iss aud events exp iat nonce auth_time acr at_hash claims',
    );
    expect(access).toMatchObject({ token: 'access' });
    const aud = { name: 'aud', expected: test.issuer.audience, found: test.issuer.audience, passed: true };
    expect(access?.checks).toContainEqual(aud);
  });

  it('tells the values of identifiers, permissions and times, and of all other claims the name alone', async () => {
    await test.browser.signIn();
    const [id] = eventsOf('token.checked');
    expect(id?.claims).toMatchObject({ iss: test.issuer.issuer, sub: 'person-ada', exp: expect.any(Number) });
    expect(id?.otherClaims).toEqual(expect.arrayContaining(['name', 'email', 'nonce']));
    expect(JSON.stringify(test.events)).not.toMatch(/Ada |ada@/);
  });

  it.each([
    ['typ', { header: { typ: 'logout+jwt' } }, 'token_type'],
    ['alg', { header: { alg: 'none' }, signer: 'nobody' } as const, 'token_algorithm'],
    ['kid', { header: { kid: 'unknown' } }, 'token_key_unknown'],
    ['iss', { claims: { iss: 'https://evil.example' } }, 'token_issuer'],
    ['aud', { claims: { aud: 'blog' } }, 'token_audience'],
    ['nonce', { claims: { nonce: 'another' } }, 'nonce_mismatch'],
    ['exp', { claims: { exp: 1 } }, 'token_expired'],
  ])('says that the check of %s failed, why, and makes no check after it', async (name, idToken, code) => {
    test.issuer.alter({ idToken });
    await test.browser.signIn();
    const [id] = eventsOf('token.checked');
    expect(id).toMatchObject({ code, message: expect.any(String) });
    expect(id?.checks.at(-1)).toMatchObject({ name, passed: false });
    expect(id?.checks.slice(0, -1).every(({ passed }) => passed)).toBe(true);
  });

  it('shows a foreign issuer beside the one that is trusted', async () => {
    test.issuer.alter({ idToken: { claims: { iss: 'https://evil.example' } } });
    await test.browser.signIn();
    expect(eventsOf('token.checked')[0]?.checks.at(-1)).toEqual({
      name: 'iss',
      expected: test.issuer.issuer,
      found: 'https://evil.example',
      passed: false,
    });
  });

  it('tells what was compared at the callback, and that an answer without a login of this browser failed', async () => {
    await test.browser.signIn();
    expect(eventsOf('callback.checked')[0]?.checks.map(({ name, passed }) => [name, passed])).toEqual([
      ['state', true],
      ['iss', true],
    ]);
    await test.newBrowser().visit('/auth/callback?code=made-up&state=made-up');
    expect(eventsOf('callback.checked')[1]).toMatchObject({
      code: 'callback_state',
      checks: [{ name: 'state', passed: false }],
    });
  });

  it('tells names and attributes of the site’s own cookies', async () => {
    await test.browser.signIn();
    const set = eventsOf('cookies.handled').flatMap((event) => event.set);
    const session = set.find(({ name }) => name === '__Host-session');
    expect(session?.attributes).toEqual(
      expect.arrayContaining(['Path=/', 'HttpOnly', 'SameSite=Lax', 'Secure']),
    );
    await test.requestPage();
    expect(eventsOf('cookies.handled').at(-1)?.read).toContain('__Host-session');
  });

  it('G19 tells no token, code, state, verifier or cookie', async () => {
    await test.browser.signIn();
    await test.requestPage();
    const said = JSON.stringify(test.events);
    const sent = test.issuer
      .requests('token')
      .flatMap(({ form }) => ['code', 'code_verifier', 'refresh_token'].map((name) => form.get(name)));
    const header = test.browser.request('/').headers.get('cookie') ?? '';
    const cookies = header.split(/; |=/).filter((value) => value.length > 40);
    expect(cookies).not.toEqual([]);
    const secrets = [...sent.filter((value) => value !== null), ...cookies, 'eyJ'];
    expect(secrets.filter((secret) => said.includes(secret))).toEqual([]);
  });
});
