import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CookieJar, createCookieJar, requireLocation, visit } from '../../e2e/support/cookie-jar.ts';
import { freePort } from '../../e2e/support/free-port.ts';
import type { AccessContract } from '../../packages/auth/src/access/index.ts';
import { startProviderProcess } from '../../e2e/support/provider-process.ts';

export const PERSON = { username: 'ada', password: 'the analytical engine weaves' };
const VERIFIER = randomBytes(32).toString('base64url');
const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');

/** A provider's own process on a SQLite file. */
export interface BenchProvider extends AsyncDisposable {
  readonly issuer: string;
  readonly databaseUrl: string;
  /** Signs in, and redeems a code for each of these clients. */
  signIn(clientIds: readonly string[]): Promise<BenchBrowser>;
}

export interface BenchBrowser {
  /** The access token that this client got. */
  tokenOf(clientId: string): string;
  /** Presses “Sign out” on the account page; says how many milliseconds the answer took. */
  signOut(): Promise<number>;
}

export interface ClientRegistration {
  readonly clientId: string;
  readonly backchannelLogoutUri?: string;
  readonly redirectUri?: string;
  /** More members of its registration. */
  readonly metadata?: object;
  readonly postLogoutRedirectUri?: string;
}

/** @param access the content of `ACCESS_FILE`; without it there are no permissions */
export async function startProvider(
  clients: readonly ClientRegistration[],
  access?: AccessContract,
): Promise<BenchProvider> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-logout-'));
  const port = await freePort();
  const issuer = `http://127.0.0.1:${port}`;
  const databaseUrl = `file:${join(folder, 'idp.sqlite')}`;
  const file = async (name: string, content: unknown): Promise<string> => {
    await writeFile(join(folder, name), JSON.stringify(content));
    return join(folder, name);
  };
  const env = {
    PATH: process.env['PATH'] ?? '',
    ISSUER: issuer,
    PORT: String(port),
    DATABASE_URL: databaseUrl,
    CLIENTS_FILE: await file('clients.json', clients.map(registrationOf)),
    USERS_FILE: await file('users.json', [PERSON]),
    ...(access && { ACCESS_FILE: await file('access.json', access) }),
    // One person signs in a hundred times from one address.
    SIGN_IN_TRIES_PER_ADDRESS: '200',
    LOG_LEVEL: 'error',
  };
  const child = await startProviderProcess(env);
  return {
    issuer,
    databaseUrl,
    signIn: (clientIds) => signIn(issuer, clientIds),
    async [Symbol.asyncDispose]() {
      child.kill();
      await once(child, 'exit');
      await rm(folder, { recursive: true });
    },
  };
}

function registrationOf(client: ClientRegistration): object {
  const {
    clientId,
    backchannelLogoutUri,
    redirectUri = redirectOf(clientId),
    postLogoutRedirectUri,
    metadata,
  } = client;
  return {
    client_id: clientId,
    client_secret: secretOf(clientId),
    redirect_uris: [redirectUri],
    post_logout_redirect_uris: postLogoutRedirectUri === undefined ? [] : [postLogoutRedirectUri],
    backchannel_logout_uri: backchannelLogoutUri,
    grant_types: ['authorization_code', 'refresh_token'],
    id_token_signed_response_alg: 'ES256',
    first_party: true,
    ...metadata,
  };
}

export const secretOf = (clientId: string): string => `a-secret-for-${clientId}-0123456789`;
const redirectOf = (clientId: string): string => `https://${clientId}.example/callback`;

async function signIn(issuer: string, clientIds: readonly string[]): Promise<BenchBrowser> {
  const jar = createCookieJar();
  const tokens = new Map<string, string>();
  for (const clientId of clientIds) {
    const callback = await callbackOf(jar, `${issuer}/authorize?${authorization(clientId)}`);
    tokens.set(clientId, await redeem(issuer, clientId, new URL(callback).searchParams.get('code') ?? ''));
  }
  return {
    tokenOf: (clientId) => tokens.get(clientId) ?? '',
    async signOut() {
      const began = performance.now();
      await visit(jar, `${issuer}/sign-out`, { method: 'POST', headers: { origin: issuer } });
      return performance.now() - began;
    },
  };
}

function authorization(clientId: string): string {
  return new URLSearchParams({
    client_id: clientId,
    redirect_uri: redirectOf(clientId),
    response_type: 'code',
    scope: 'openid',
    code_challenge: CHALLENGE,
    code_challenge_method: 'S256',
  }).toString();
}

async function callbackOf(jar: CookieJar, url: string): Promise<string> {
  const next = requireLocation(url, await visit(jar, url));
  if (!new URL(next).pathname.startsWith('/sign-in/')) return next;
  const resumed = requireLocation(next, await fillForm(jar, next));
  return requireLocation(resumed, await visit(jar, resumed));
}

/** Sends the form of the sign-in page. */
export function fillForm(jar: CookieJar, url: string): Promise<Response> {
  const headers = { origin: new URL(url).origin };
  return visit(jar, url, { method: 'POST', headers, form: new URLSearchParams(PERSON) });
}

function redeem(issuer: string, clientId: string, code: string): Promise<string> {
  return askForToken(issuer, clientId, {
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirectOf(clientId),
    code_verifier: VERIFIER,
  });
}

/** @returns the access token. @throws Error for every other answer */
export async function askForToken(
  issuer: string,
  clientId: string,
  form: Readonly<Record<string, string>>,
): Promise<string> {
  const basic = Buffer.from(`${clientId}:${secretOf(clientId)}`).toString('base64');
  const headers = { authorization: `Basic ${basic}` };
  const response = await fetch(`${issuer}/token`, {
    method: 'POST',
    headers,
    body: new URLSearchParams(form),
  });
  if (response.status !== 200) throw new Error(`the token endpoint answers ${response.status}`);
  const { access_token }: { access_token: string } = await response.json();
  return access_token;
}
