import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ISSUER } from './registrations.ts';
import { requirePath } from './search-path.ts';
import {
  authorizePath,
  openTestProvider,
  type TestProvider,
  type Tokens,
  tokensFor,
} from './test-provider.ts';
import { userinfo } from './token-requests.ts';

const HOLDER = `import Sqlite from 'better-sqlite3';
  const database = new Sqlite(process.argv[1]);
  database.exec('begin immediate');
  process.stdout.write('held');
  process.stdin.once('data', () => {
    database.exec('commit');
    process.stdin.destroy();
  });`;

/** Another process that holds the write lock of a SQLite file until it is told to let go. */
async function holdWriteLock(file: string): Promise<() => Promise<void>> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', HOLDER, file], {
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    env: { PATH: requirePath() },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return async () => {
    child.stdin.write('let go');
    await once(child, 'close');
  };
}

describe('F-17 while another process holds the write lock', () => {
  let folder: string;
  let idp: TestProvider;
  let tokens: Tokens;
  let letGo: () => Promise<void>;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'idp-lock-'));
    idp = await openTestProvider({ DATABASE_URL: `file:${join(folder, 'idp.sqlite')}` });
  });
  afterAll(async () => {
    await idp[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  });
  beforeEach(async () => {
    tokens = await tokensFor(idp);
    letGo = await holdWriteLock(join(folder, 'idp.sqlite'));
  });
  afterEach(() => letGo());

  const refresh = () => idp.token({ grant_type: 'refresh_token', refresh_token: tokens.refresh_token });
  const get = async (path: string) => (await idp.fetch(new Request(ISSUER + path))).status;

  it('whatever needs no write is answered, and the write as soon as the lock is free', async () => {
    const events: string[] = [];
    const refreshed = refresh().then(({ status }) => events.push(`refresh ${status}`));
    for (let round = 0; round < 20; round += 1) {
      expect([await get('/healthz'), await get('/readyz'), await get('/jwks')]).toEqual([200, 200, 200]);
      expect((await userinfo(idp, tokens.access_token)).status).toBe(200);
      await setImmediate();
    }
    events.push('others answered');
    await letGo();
    letGo = () => Promise.resolve();
    await refreshed;
    expect(events).toEqual(['others answered', 'refresh 200']);
  });

  it('what needs a write is 503 with Retry-After in the end, all others are answered before, and nothing is lost', async () => {
    const events: string[] = [];
    const waiting = [refresh(), idp.browser().get(authorizePath()), refresh()];
    const refused = refresh().then((response) => {
      events.push('refused');
      return response;
    });
    expect([await get('/healthz'), await get('/jwks')]).toEqual([200, 200]);
    events.push('others answered');
    const { status, headers } = await refused;
    expect([status, headers.get('retry-after'), ...events]).toEqual([503, '2', 'others answered', 'refused']);
    const all = await Promise.all(waiting);
    expect(all.map((response) => response.status)).toEqual([503, 503, 503]);
    await letGo();
    letGo = () => Promise.resolve();
    expect((await refresh()).status).toBe(200);
  });
});
