import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCookieJar, requireLocation, visit } from '../support/cookie-jar.ts';
import { freePort } from '../support/free-port.ts';
import { startProviderProcess } from '../support/provider-process.ts';
import { send } from '../support/send.ts';

const SITE = 'https://diary.example';
const PERSON = { username: 'ada', password: 'the analytical engine weaves' };
/** Of each flood; a browser opens six connections to one server. */
const CONNECTIONS = 16;
/** As many bytes as make a request large, and as few as leave it small. */
const STATES = ['s'.repeat(8000), 'small'];

/** A provider's process that takes addresses from `X-Forwarded-For`, as behind a proxy of its machine. */
export interface FloodedProvider extends AsyncDisposable {
  /** Signs in from an address, with a browser that was never here before. @returns how long it took, in milliseconds */
  signIn(address: string): Promise<number>;
  /** Sends requests that wait for a person, from an address, until `work` is done. */
  flood(kind: FloodKind, address: string, work: () => Promise<void>): Promise<FloodReport>;
  /** How large the database is on the disk, in MiB. */
  size(): Promise<number>;
}

/** Whether anybody opens the page that each request leads to. */
export type FloodKind = 'unopened' | 'opened';

export interface FloodReport {
  readonly requests: number;
  /** Every status that an answer had. */
  readonly statuses: readonly number[];
}

export async function startFloodedProvider(): Promise<FloodedProvider> {
  const folder = await mkdtemp(join(tmpdir(), 'flooded-provider-'));
  const database = join(folder, 'data');
  const file = async (name: string, content: unknown) => {
    await writeFile(join(folder, name), JSON.stringify(content));
    return join(folder, name);
  };
  const client = {
    client_id: 'diary',
    token_endpoint_auth_method: 'none',
    redirect_uris: [`${SITE}/callback`],
  };
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  await mkdir(database);
  const running = await startProviderProcess({
    PATH: process.env['PATH'] ?? '',
    ISSUER: origin,
    PORT: String(port),
    TRUST_PROXY: 'loopback',
    DATABASE_URL: `file:${join(database, 'idp.sqlite')}`,
    CLIENTS_FILE: await file('clients.json', [{ ...client, first_party: true }]),
    USERS_FILE: await file('users.json', [PERSON]),
  });
  return {
    signIn: (address) => signIn(origin, address),
    flood: (kind, address, work) => flood(origin, { kind, address }, work),
    size: () => sizeOf(database),
    async [Symbol.asyncDispose]() {
      running.kill('SIGKILL');
      await rm(folder, { recursive: true });
    },
  };
}

async function sizeOf(folder: string): Promise<number> {
  const names = await readdir(folder);
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0) / 2 ** 20;
}

function asked(state: string): URLSearchParams {
  return new URLSearchParams({
    client_id: 'diary',
    redirect_uri: `${SITE}/callback`,
    response_type: 'code',
    scope: 'openid',
    code_challenge: 'tc4Pk3TDgrYrzibKhVIFTqXosORWMY6WY1b3Dejn9kM',
    code_challenge_method: 'S256',
    state,
  });
}

async function signIn(origin: string, address: string): Promise<number> {
  const began = performance.now();
  const jar = createCookieJar();
  const headers = { 'x-forwarded-for': address };
  const authorize = `${origin}/authorize?${asked('state').toString()}`;
  const page = requireLocation(authorize, await visit(jar, authorize, { headers }));
  await visit(jar, page, { headers });
  const answer = await visit(jar, page, {
    method: 'POST',
    headers: { ...headers, origin },
    form: new URLSearchParams(PERSON),
  });
  const resumed = requireLocation(page, answer);
  const callback = requireLocation(resumed, await visit(jar, resumed, { headers }));
  if (!new URL(callback).searchParams.has('code')) throw new Error('the site got no code');
  return performance.now() - began;
}

interface Flooding {
  readonly kind: FloodKind;
  readonly address: string;
}

async function flood(origin: string, flooding: Flooding, work: () => Promise<void>): Promise<FloodReport> {
  const state = { over: false, requests: 0, statuses: new Set<number>() };
  const loops = Array.from({ length: CONNECTIONS }, (_, index) =>
    floodUntil(origin, { ...flooding, state: STATES[index % STATES.length] ?? '' }, state),
  );
  await work().finally(() => (state.over = true));
  await Promise.all(loops);
  return { requests: state.requests, statuses: [...state.statuses] };
}

interface FloodState {
  readonly over: boolean;
  requests: number;
  readonly statuses: Set<number>;
}

/** Posts as another site's page does, and as nobody who waits for anything. */
async function floodUntil(
  origin: string,
  { kind, address, state }: Flooding & { readonly state: string },
  progress: FloodState,
): Promise<void> {
  const headers = { 'x-forwarded-for': address, origin: SITE };
  while (!progress.over) {
    const answer = await send(`${origin}/authorize`, { method: 'POST', headers, form: asked(state) });
    progress.requests += 1;
    progress.statuses.add(answer.status);
    const location = answer.headers.get('location');
    if (kind === 'opened' && location !== null) await open(location, address, progress);
  }
}

async function open(location: string, address: string, progress: FloodState): Promise<void> {
  const jar = createCookieJar();
  const headers = { 'x-forwarded-for': address };
  const page = requireLocation(location, await visit(jar, location, { headers }));
  progress.statuses.add((await visit(jar, page, { headers })).status);
}
