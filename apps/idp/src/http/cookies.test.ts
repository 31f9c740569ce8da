import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { locationOf } from '../../test/browser.ts';
import { authorizePath, type TestProvider, openTestProvider, signIn } from '../../test/test-provider.ts';
import { ISSUER } from '../../test/registrations.ts';
import { createCookies } from './cookies.ts';

const OURS = 'a'.repeat(43);
const PLANTED = 'b'.repeat(43);

/** Cookie headers in which a cookie of ours, of this name, must count as absent. */
const refused = (name: string): [string, string][] => [
  ['C-02 the same name twice', `${name}=${OURS}; ${name}=${PLANTED}`],
  ['C-02 the same name and value twice', `${name}=${OURS}; ${name}=${OURS}`],
  ['C-02 the same name three times', `${name}=${OURS}; ${name}=${PLANTED}; ${name}=${OURS}`],
  ['C-02 the same name twice, one of them empty', `${name}=; ${name}=${OURS}`],
  ['C-02 a value with escapes', `${name}=%61${OURS.slice(1)}`],
  ['C-02 a value in quotes', `${name}="${OURS}"`],
  ['C-02 a value behind a no-break space', `${name}=\u00A0${OURS}`],
  ['C-02 a value that was cut short', `${name}=${OURS.slice(0, 15)}`],
  ['C-03 a no-break space before the name', `\u00A0${name}=${PLANTED}`],
  ['C-03 a no-break space behind the name', `${name}\u00A0=${PLANTED}`],
  ['C-03 a vertical tab before the name', `\u000B${name}=${PLANTED}`],
  ['C-03 a name in other case', `${name.toUpperCase()}=${PLANTED}`],
];

const requestWith = (cookie: string) => new Request(`${ISSUER}/account`, { headers: { cookie } });

describe('a cookie of the provider', () => {
  const { sso, interaction, device } = createCookies('https://id.example');
  const all = [sso, interaction, device];

  it.each(all.flatMap((cookie) => refused(cookie.name).map((row) => [cookie.name, ...row, cookie] as const)))(
    '%s counts as absent: %s',
    (_name, _what, header, cookie) => {
      expect(cookie.read(requestWith(header))).toBeUndefined();
    },
  );

  it.each(all)('$name is read among others, behind spaces and tabs that HTTP knows', (cookie) => {
    expect(
      cookie.read(requestWith(`a=1;\t ${cookie.name} = ${OURS}\t; \u00A0${cookie.name}=${PLANTED}`)),
    ).toBe(OURS);
  });

  it('G15 is __Host-, Secure, HttpOnly, SameSite and without Domain over https, its deletion too', () => {
    for (const cookie of all) {
      expect(cookie.serialize('', 0)).toMatch(
        /^__Host-\w+=; Path=\/; HttpOnly; SameSite=(Lax|Strict); Secure; Max-Age=0$/,
      );
    }
  });
});

const requireCookie = (cookies: ReadonlyMap<string, string>, name: string) => {
  const value = cookies.get(name);
  if (value === undefined) throw new Error(`the browser has no ${name}`);
  return value;
};

describe('a browser whose cookie can’t be told from a planted one', () => {
  let idp: TestProvider;
  beforeAll(async () => {
    idp = await openTestProvider();
  });
  afterAll(() => idp[Symbol.asyncDispose]());

  it.each([
    ['C-02 twice, ours first', (pair: string, name: string) => `${pair}; ${name}=${PLANTED}`],
    ['C-02 twice, ours last', (pair: string, name: string) => `${name}=${PLANTED}; ${pair}`],
    ['C-03 behind a no-break space', (pair: string) => `\u00A0${pair}`],
  ])('is signed out when the session’s cookie comes %s', async (_what, headerOf) => {
    const browser = idp.browser();
    await signIn(browser);
    const { name } = idp.provider.cookies.sso;
    const pair = `${name}=${requireCookie(browser.cookies, name)}`;
    expect(await (await idp.fetch(requestWith(pair))).text()).toContain('Signed in as');
    const response = await idp.fetch(requestWith(headerOf(pair, name)));
    expect(await response.text()).toContain('Nobody is signed in in this browser');
  });

  it('C-02 P-15 may not answer the page it opened when that page’s cookie comes twice', async () => {
    const browser = idp.browser();
    const { pathname } = locationOf(await browser.get(authorizePath()));
    const { name } = idp.provider.cookies.interaction;
    const pair = `${name}=${requireCookie(browser.cookies, name)}`;
    const open = (cookie: string) => idp.fetch(new Request(ISSUER + pathname, { headers: { cookie } }));
    expect((await open(pair)).status).toBe(200);
    expect((await open(`${pair}; ${name}=${PLANTED}`)).status).toBe(403);
    expect((await open(`\u00A0${pair}`)).status).toBe(403);
  });
});
