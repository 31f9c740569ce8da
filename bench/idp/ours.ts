import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { setTimeout as delay } from 'node:timers/promises';
import { createCookieJar, requireLocation, visit } from '../../e2e/support/cookie-jar.ts';
import { freePort } from '../../e2e/support/free-port.ts';
import { API, CLIENT, PERMISSION, PERSON } from '../peers/parties.ts';
import { type Contender, PATHS, processFigures } from './contender.ts';
import { authorizeQuery } from './scenarios.ts';

interface Start {
  readonly name: string;
  /** A folder for its files. */
  readonly place: string;
  readonly databaseUrl: string;
}

const MAIN = fileURLToPath(new URL('../../apps/idp/dist/bin/main.mjs', import.meta.url));

/** Our provider as it was built, with its log on, into a file. */
export async function startOurs({ name, place, databaseUrl }: Start): Promise<Contender> {
  const port = await freePort();
  const issuer = `http://127.0.0.1:${port}`;
  const log = join(place, `${port}.log`);
  const output = openSync(log, 'w');
  const began = performance.now();
  const env = { ...(await settings(place)), ISSUER: issuer, PORT: String(port), DATABASE_URL: databaseUrl };
  const child = spawn(process.execPath, [MAIN], { env, stdio: ['ignore', output, 'inherit'] });
  closeSync(output);
  while (!readFileSync(log, 'utf8').includes('listens on')) {
    if (child.exitCode !== null) throw new Error('the provider did not start');
    await delay(10);
  }
  const startMilliseconds = performance.now() - began;
  return {
    name,
    port,
    paths: PATHS,
    startMilliseconds,
    ...processFigures(child),
    signIn: () => signIn(issuer),
  };
}

async function settings(place: string): Promise<Record<string, string>> {
  const file = async (name: string, content: unknown): Promise<string> => {
    await writeFile(join(place, name), JSON.stringify(content));
    return join(place, name);
  };
  return {
    PATH: process.env['PATH'] ?? '',
    KEY_ENCRYPTION_KEYS: randomBytes(32).toString('base64url'),
    USERS_FILE: await file('users.json', [{ ...PERSON, name: 'Ada' }]),
    CLIENTS_FILE: await file('clients.json', [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        redirect_uris: [CLIENT.redirectUri],
        grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
        id_token_signed_response_alg: 'ES256',
        first_party: true,
        resources: [API],
        audiences: [API],
        permissions: [PERMISSION],
      },
    ]),
    ACCESS_FILE: await file('access.json', {
      audiences: { [API]: { title: 'Bench', permissions: { [PERMISSION]: 'Read things' } } },
      roles: {},
    }),
  };
}

async function signIn(issuer: string): Promise<string> {
  const jar = createCookieJar();
  const page = requireLocation(issuer, await visit(jar, `${issuer}/authorize?${authorizeQuery('sign-in')}`));
  const form = new URLSearchParams(PERSON);
  const resumed = requireLocation(
    page,
    await visit(jar, page, { method: 'POST', headers: { origin: issuer }, form }),
  );
  await visit(jar, resumed);
  return jar.header(issuer);
}
