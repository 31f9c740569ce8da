import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encryptionKey } from '../test/test-sealer.ts';
import { openProvider } from './deps.ts';
import { readEnv } from './env.ts';

describe('what the provider is given to start with', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'idp-deps-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const file = async (name: string, content: string) => {
    await writeFile(join(folder, name), content);
    return join(folder, name);
  };

  it.each<readonly [string, () => Promise<Record<string, string>>, RegExp]>([
    [
      'a missing file',
      async () => ({ CLIENTS_FILE: '/nowhere.json' }),
      /^CLIENTS_FILE: \/nowhere\.json can't be read$/,
    ],
    [
      'a file that is not JSON',
      async () => ({ USERS_FILE: await file('users.json', '{') }),
      /^USERS_FILE: .* is not JSON$/,
    ],
    [
      'a wrong registration',
      async () => ({ CLIENTS_FILE: await file('clients.json', '[{"client_id":"a"}]') }),
      /^CLIENTS_FILE: .* is not right:\n {2}client "a": client_secret is missing/,
    ],
    [
      'a broken contract',
      async () => ({ ACCESS_FILE: await file('access.json', '{"audiences":{},"roles":{"a":["x"]}}') }),
      /^ACCESS_FILE: .* is not right:\nrole "a" names "x"/,
    ],
    [
      'a broken database',
      async () => ({ DATABASE_URL: `file:${await file('broken.sqlite', 'x'.repeat(5000))}` }),
      /can't be used: file is not a database\. Restore it from a backup/,
    ],
    [
      'a folder that is not there',
      async () => ({ DATABASE_URL: 'file:/nowhere/idp.sqlite' }),
      /can't be used: ENOENT.*Make its folder and start again/,
    ],
    [
      'no PostgreSQL, and hides the password',
      async () => ({
        DATABASE_URL: 'postgres://me:word@127.0.0.1:1/x',
        KEY_ENCRYPTION_KEYS: encryptionKey(1),
      }),
      /^The database postgres:\/\/…@127\.0\.0\.1:1\/x can't be used: .*Check that the server runs/,
    ],
    [
      'PostgreSQL without a key that seals the signing keys (G-05)',
      async () => ({ DATABASE_URL: 'postgres://127.0.0.1:1/x' }),
      /^With PostgreSQL the provider needs KEY_ENCRYPTION_KEYS, or KEY_ENCRYPTION_KEYS_FILE/,
    ],
    [
      'a file of such keys that holds something else',
      async () => ({ KEY_ENCRYPTION_KEYS_FILE: await file('keys', 'x') }),
      /^KEY_ENCRYPTION_KEYS_FILE: .* is a list with commas between keys of 32 random bytes/,
    ],
  ])('refuses %s in one clear message', async (_what, env, message) => {
    const settings = readEnv({
      ISSUER: 'https://id.example',
      DATABASE_URL: 'file::memory:',
      ...(await env()),
    });
    await expect(openProvider(settings, { clock: () => 1, observe: () => undefined })).rejects.toThrow(
      message,
    );
  });
});
