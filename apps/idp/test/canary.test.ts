import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { INITIAL_ACCESS_TOKEN, runWithCanaries, type Send } from './canary-run.ts';
import { openTestProvider } from './test-provider.ts';
import { createTestLog } from './test-log.ts';
import { access, clients, ISSUER, people } from './registrations.ts';
import { requirePath } from './search-path.ts';
import { encryptionKey } from './test-sealer.ts';

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url));

/** A secret as it is, and in the other spellings of the wire. */
const spellingsOf = (secret: string) => [
  secret,
  encodeURIComponent(secret),
  Buffer.from(secret).toString('base64url'),
];

/** The secrets that stand in a text. */
function leaksIn(text: string, secrets: readonly string[]): string[] {
  return secrets.filter((secret) => secret !== '' && spellingsOf(secret).some((one) => text.includes(one)));
}

describe('G-01 G19 no secret', () => {
  it('is in what the provider observes, nor in the lines that it logs of it', async () => {
    await using idp = await openTestProvider({ INITIAL_ACCESS_TOKENS: INITIAL_ACCESS_TOKEN });
    const secrets = await runWithCanaries((request) => idp.fetch(request, '198.51.100.7'));
    const { log, lines } = createTestLog('debug');
    for (const event of idp.events) log.observe(event);
    const types = new Set(idp.events.map(({ type }) => type));
    for (const type of [
      'sign-in.accepted',
      'sign-in.rejected',
      'code.consumed',
      'refresh.rotated',
      'client.rejected',
    ])
      expect(types).toContain(type);
    expect(leaksIn(JSON.stringify(idp.events) + lines.join(''), secrets)).toEqual([]);
  });

  it.each(['off', 'on'])(
    'is in what a running provider says, whatever it is asked, with EVENT_DETAILS=%s',
    { timeout: 60_000 },
    expectNoSecret,
  );
});

async function expectNoSecret(EVENT_DETAILS: string) {
  const folder = await mkdtemp(join(tmpdir(), 'idp-g01-'));
  const file = async (name: string, content: unknown) => {
    await writeFile(join(folder, name), JSON.stringify(content));
    return join(folder, name);
  };
  const env = {
    PATH: requirePath(),
    ISSUER,
    PORT: '0',
    LOG_LEVEL: 'debug',
    EVENT_DETAILS,
    DATABASE_URL: `file:${join(folder, 'idp.sqlite')}`,
    CLIENTS_FILE: await file('clients.json', clients),
    USERS_FILE: await file('users.json', people),
    ACCESS_FILE: await file('access.json', access),
    INITIAL_ACCESS_TOKENS: INITIAL_ACCESS_TOKEN,
    KEY_ENCRYPTION_KEYS: encryptionKey(7),
  };
  const child = spawn(process.execPath, [MAIN], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(child, 'close');
  let said = '';
  const heard = Promise.withResolvers<string>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      said += String(chunk);
      const address = /listens on (\S+)/.exec(said)?.[1];
      if (address !== undefined) heard.resolve(address);
    });
  }
  const secrets = await runWithCanaries(sendTo(await heard.promise));
  child.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
  expect(said).toContain('"type":"request.answered","method":"POST","path":"/token","status":200');
  expect(said).toContain('"type":"client.registered"');
  expect(said.includes('"type":"request.detailed"')).toBe(EVENT_DETAILS === 'on');
  expect(leaksIn(said, [...secrets, encryptionKey(7)])).toEqual([]);
  expect(said).not.toMatch(/\n\s+at .*\.ts:\d+/);
  const database = await readFile(join(folder, 'idp.sqlite'), 'latin1');
  expect(database.includes(INITIAL_ACCESS_TOKEN)).toBe(false);
  await rm(folder, { recursive: true });
}

/** Sends what is meant for the issuer to where the provider really listens. */
function sendTo(address: string): Send {
  return async (request) => {
    const { pathname, search } = new URL(request.url);
    const { method, headers } = request;
    const body = method === 'POST' ? await request.text() : null;
    return fetch(address + pathname + search, { method, headers, body, redirect: 'manual' });
  };
}
