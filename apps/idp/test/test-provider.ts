import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeJwt } from 'jose';
import { createApp } from '../src/app.ts';
import { openProvider } from '../src/deps.ts';
import { readEnv } from '../src/env.ts';
import type { ProviderEvent } from '../src/events/provider-event.ts';
import { loadStylesheet } from '../src/interaction/stylesheet.ts';
import { readJti } from '../src/protocol/token/jti.ts';
import type { Provider } from '../src/provider.ts';
import { type Browser, createBrowser, locationOf } from './browser.ts';
import { access, clients, ISSUER, people } from './registrations.ts';
import { createTestKeys } from './test-keys.ts';
import { encryptionKey } from './test-sealer.ts';

/** A provider with two sites and two people, a clock that stands still, and everything it observed. */
export interface TestProvider extends AsyncDisposable {
  readonly provider: Provider;
  readonly events: ProviderEvent[];
  /** `peer` is the address that the request comes from; without one it came through no socket. */
  fetch(request: Request, peer?: string): Promise<Response>;
  browser(peer?: string): Browser;
  /** Moves the clock on. */
  advanceClock(seconds: number): void;
  /** For how long requests have waited, altogether. */
  pausedMilliseconds(): number;
  /** A request to the token endpoint with the client's secret. */
  token(form: Record<string, string>, clientId?: string): Promise<Response>;
}

export async function openTestProvider(env: Record<string, string> = {}): Promise<TestProvider> {
  const folder = await mkdtemp(join(tmpdir(), 'idp-'));
  const file = async (name: string, content: unknown) => {
    await writeFile(join(folder, name), JSON.stringify(content));
    return join(folder, name);
  };
  const settings = readEnv({
    ISSUER,
    DATABASE_URL: 'file::memory:',
    KEY_ENCRYPTION_KEYS: encryptionKey(1),
    CLIENTS_FILE: await file('clients.json', clients),
    USERS_FILE: await file('users.json', people),
    ACCESS_FILE: await file('access.json', access),
    ...env,
  });
  let now = Math.floor(Date.now() / 1000);
  let paused = 0;
  const events: ProviderEvent[] = [];
  const provider = await openProvider(settings, {
    clock: () => now,
    // Whoever waits for a second has it pass.
    pause: async (milliseconds) => {
      paused += milliseconds;
      if (paused % 1000 === 0) now += 1;
    },
    generateKey: createTestKeys(),
    observe: (event) => void events.push(event),
  });
  const app = createApp(provider, loadStylesheet());
  const fetch = async (request: Request, peer?: string) =>
    app.fetch(request, peer === undefined ? undefined : { incoming: { socket: { remoteAddress: peer } } });
  return {
    provider,
    events,
    fetch,
    browser: (peer) => createBrowser(ISSUER, (request) => fetch(request, peer)),
    advanceClock: (seconds) => void (now += seconds),
    pausedMilliseconds: () => paused,
    token: (form, clientId = 'shop') => fetch(tokenRequest(form, clientId)),
    async [Symbol.asyncDispose]() {
      await provider.store.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** A request that a client sends itself, with its secret. */
export function tokenRequest(
  form: Record<string, string> | URLSearchParams,
  clientId = 'shop',
  path = '/token',
): Request {
  const secret = clients.find((client) => client.client_id === clientId)?.client_secret ?? '';
  const authorization = `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}`;
  return new Request(ISSUER + path, {
    method: 'POST',
    headers: { authorization },
    body: new URLSearchParams(form),
  });
}

/** A PKCE pair as a client makes it (RFC 7636 §4). */
const VERIFIER = 'a-verifier-that-is-long-enough-for-rfc-7636-0123';
const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');

const authorizationParams = {
  client_id: 'shop',
  redirect_uri: 'https://shop.example/auth/callback',
  response_type: 'code',
  scope: 'openid profile email',
  state: 'state-1',
  nonce: 'nonce-1',
  code_challenge: CHALLENGE,
  code_challenge_method: 'S256',
};

/** The parameters of a request that is right, with changes; undefined leaves one out. */
export function authorizationForm(change: Record<string, string | undefined> = {}): Record<string, string> {
  const params = Object.entries({ ...authorizationParams, ...change });
  return Object.fromEntries(params.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

export function authorizePath(change: Record<string, string | undefined> = {}): string {
  return `/authorize?${new URLSearchParams(authorizationForm(change)).toString()}`;
}

/** Signs in on the way of an authorization request and returns where the client is called back. */
export async function signIn(browser: Browser, path = authorizePath(), username = 'ada'): Promise<URL> {
  const form = locationOf(await browser.get(path));
  const password = people.find((person) => person.username === username)?.password ?? '';
  const resumed = locationOf(await browser.post(form.pathname, { username, password }));
  return locationOf(await browser.get(resumed.pathname));
}

export interface Tokens {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly id_token: string;
  readonly scope: string;
  readonly expires_in: number;
}

export function codeForm(callback: URL, change: Record<string, string> = {}): Record<string, string> {
  return {
    grant_type: 'authorization_code',
    code: callback.searchParams.get('code') ?? '',
    redirect_uri: authorizationParams.redirect_uri,
    code_verifier: VERIFIER,
    ...change,
  };
}

/** Signs in and redeems the code. */
export async function tokensFor(
  idp: TestProvider,
  path = authorizePath(),
  username = 'ada',
  browser = idp.browser(),
): Promise<Tokens> {
  const callback = await signIn(browser, path, username);
  const response = await idp.token(codeForm(callback));
  const tokens: Tokens = await response.json();
  return tokens;
}

/** The sign-on session behind an access token, which no token names. */
export async function sessionIdOf({ provider }: TestProvider, accessToken: string): Promise<string> {
  const grantId = readJti(String(decodeJwt(accessToken).jti)).grantId ?? '';
  const active = await provider.store.findActiveGrant(grantId, provider.clock());
  return active?.grant.sessionId ?? '';
}

/** Status and error of an answer from the wire: `400 invalid_grant`. */
export async function errorOf(response: Response | Promise<Response>): Promise<string> {
  const answer = await response;
  const { error }: { error?: string } = await answer.json();
  return `${answer.status} ${error ?? 'none'}`;
}
