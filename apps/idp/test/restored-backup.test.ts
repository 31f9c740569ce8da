import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Browser, createBrowser, locationOf } from './browser.ts';
import { createCommandLine } from './command-line.ts';
import { answer, ask, isConsent } from './consent-form.ts';
import { ISSUER } from './registrations.ts';
import {
  authorizePath,
  codeForm,
  errorOf,
  openTestProvider,
  signIn,
  type TestProvider,
  type Tokens,
  tokensFor,
} from './test-provider.ts';
import { isActive, userinfo } from './token-requests.ts';

/** What a browser and a client hold when the backup is made. */
interface Held {
  readonly cookies: ReadonlyMap<string, string>;
  readonly tokens: Tokens;
  readonly code: Record<string, string>;
  /** The path of a sign-in that waits. */
  readonly waiting: string;
}

async function liveALittle(idp: TestProvider): Promise<Held> {
  const browser = idp.browser();
  const tokens = await tokensFor(idp, authorizePath(), 'ada', browser);
  await answer(browser, ask(), ['openid', 'email']);
  const code = codeForm(locationOf(await browser.get(authorizePath())));
  const waiting = locationOf(await browser.get(authorizePath({ prompt: 'login' }))).pathname;
  return { cookies: new Map(browser.cookies), tokens, code, waiting };
}

const refreshWith = (idp: TestProvider, { refresh_token }: Tokens) =>
  idp.token({ grant_type: 'refresh_token', refresh_token });

describe('a backup that was restored', () => {
  let folder: string;
  let held: Held;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'idp-restored-'));
    const file = join(folder, 'idp.sqlite');
    const idp = await openTestProvider({ DATABASE_URL: `file:${file}` });
    held = await liveALittle(idp);
    // Closing writes everything into the one file.
    await idp[Symbol.asyncDispose]();
    await copyFile(file, join(folder, 'backup.sqlite'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  /** The backup as the provider's database, after what had ended since then. */
  async function restore(name: string): Promise<string> {
    const file = join(folder, `${name}.sqlite`);
    await copyFile(join(folder, 'backup.sqlite'), file);
    return `file:${file}`;
  }

  function browserOf(idp: TestProvider): Browser {
    const browser = createBrowser(ISSUER, (request) => idp.fetch(request));
    for (const [name, value] of held.cookies) browser.cookies.set(name, value);
    return browser;
  }

  it('brings back what had ended since', async () => {
    await using idp = await openTestProvider({ DATABASE_URL: await restore('as-it-was') });
    expect((await refreshWith(idp, held.tokens)).status).toBe(200);
    expect(locationOf(await browserOf(idp).get(authorizePath())).hostname).toBe('shop.example');
  });

  it('has nothing that lives after end-everything, but for what people allowed', async () => {
    const url = await restore('ended');
    const line = createCommandLine(url);
    const [said = ''] = await line.run('end-everything');
    expect(said).toMatch(/^Ended: 1 sessions, [1-9]\d* grants, [1-9]\d* waiting requests\.$/);
    const [, grants, interactions] = [...said.matchAll(/\d+/g)].map(([number]) => Number(number));
    expect(line.events).toEqual([{ type: 'everything.ended', sessions: 1, grants, interactions }]);
    const nothing = 'Ended: 0 sessions, 0 grants, 0 waiting requests.';
    expect(await line.run('end-everything')).toEqual([nothing]);
    await using idp = await openTestProvider({ DATABASE_URL: url });
    const { tokens, code, waiting } = held;
    expect(await errorOf(refreshWith(idp, tokens))).toBe('400 invalid_grant');
    expect(await errorOf(idp.token(code))).toBe('400 invalid_grant');
    expect((await userinfo(idp, tokens.access_token)).status).toBe(401);
    expect(await isActive(idp, tokens.access_token)).toBe(false);
    const browser = browserOf(idp);
    expect((await browser.get(waiting)).status).toBe(410);
    expect(locationOf(await browser.get(authorizePath())).pathname).toMatch(/^\/sign-in\//);
    await signIn(browser);
    expect(isConsent(locationOf(await browser.get(ask())))).toBe(false);
  });
});
