import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeForm, openTestProvider, signIn, type Tokens, tokensFor } from './test-provider.ts';

const refreshForm = (refresh_token: string) => ({ grant_type: 'refresh_token', refresh_token });

describe('on disk', () => {
  let folder: string;
  let DATABASE_URL: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'idp-disk-'));
    DATABASE_URL = `file:${join(folder, 'idp.sqlite')}`;
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('K-11 lie neither codes, tokens, cookies nor passphrases, and nobody else may read', async () => {
    await using idp = await openTestProvider({ DATABASE_URL });
    const browser = idp.browser();
    const callback = await signIn(browser);
    const first: Tokens = await (await idp.token(codeForm(callback))).json();
    const second: Tokens = await (await idp.token(refreshForm(first.refresh_token))).json();
    const dump = await Promise.all(
      ['', '-wal', '-shm'].map(async (end) => {
        const file = join(folder, `idp.sqlite${end}`);
        expect((await stat(file)).mode & 0o077).toBe(0);
        return readFile(file, 'latin1');
      }),
    );
    const secrets = [
      callback.searchParams.get('code') ?? '',
      ...[first, second].flatMap((tokens) => [tokens.refresh_token, tokens.access_token, tokens.id_token]),
      ...browser.cookies.values(),
      'the analytical engine weaves',
    ];
    expect(dump.join('')).toContain('sub-ada');
    for (const secret of secrets) expect(dump.join('').includes(secret)).toBe(false);
  });

  it('K-06 K-01 a new process remembers what was spent, rotated and revoked', async () => {
    const before = await openTestProvider({ DATABASE_URL });
    const [revoked, rotated] = [await tokensFor(before), await tokensFor(before)];
    const callback = await signIn(before.browser());
    await before.token(codeForm(callback));
    await before.token(refreshForm(revoked.refresh_token));
    before.advanceClock(11);
    await before.token(refreshForm(revoked.refresh_token));
    const answer = await (await before.token(refreshForm(rotated.refresh_token))).text();
    await before[Symbol.asyncDispose]();

    await using after = await openTestProvider({ DATABASE_URL });
    expect((await after.token(codeForm(callback))).status).toBe(400);
    expect((await after.token(refreshForm(revoked.refresh_token))).status).toBe(400);
    expect(await (await after.token(refreshForm(rotated.refresh_token))).text()).toBe(answer);
  });
});
