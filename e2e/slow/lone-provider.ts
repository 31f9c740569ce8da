import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { decodeJwt } from 'jose';
import { z } from 'zod';
import { createCookieJar, type CookieJar, requireLocation, visit } from '../support/cookie-jar.ts';
import { freePort, portOf } from '../support/free-port.ts';
import { startProviderProcess } from '../support/provider-process.ts';

const CLIENT = { client_id: 'diary', client_secret: 'a-secret-of-the-diary-0123456789' };
const PERSON = { username: 'ada', password: 'the analytical engine weaves' };
const VERIFIER = 'a-verifier-that-is-long-enough-for-rfc-7636-0123';
const CHALLENGE = 'tc4Pk3TDgrYrzibKhVIFTqXosORWMY6WY1b3Dejn9kM';

/** The provider's process, nothing before it, and one site of this machine that hears of sign-outs. */
export interface LoneProvider extends AsyncDisposable {
  /** Each `sid` that the site was told has ended. */
  readonly told: Set<string>;
  /** What happens when a logout token arrives, before it is answered. */
  beforeAnswer: () => Promise<unknown> | undefined;
  /** Signs in with a new browser. */
  signIn(): Promise<Visitor>;
  /** Ends the process at once, as a loss of power would, and starts it again. */
  killAndRestart(): Promise<void>;
  stopSite(): Promise<void>;
  startSite(): Promise<void>;
}

export interface Visitor {
  /** What the site knows the session by. */
  readonly sid: string;
  /** Presses “Sign out”; undefined where no answer came. */
  signOut(): Promise<number | undefined>;
  isSignedIn(): Promise<boolean>;
}

export async function startLoneProvider(): Promise<LoneProvider> {
  const folder = await mkdtemp(join(tmpdir(), 'lone-provider-'));
  const told = new Set<string>();
  const site = createSite(
    (sid) => told.add(sid),
    () => provider.beforeAnswer(),
  );
  const sitePort = await site.start(0);
  const [port, settings] = await writeSettings(folder, sitePort);
  const issuer = `http://127.0.0.1:${port}`;
  let running = await startProviderProcess(settings);
  const provider: LoneProvider = {
    told,
    beforeAnswer: () => undefined,
    signIn: () => signIn(issuer),
    async killAndRestart() {
      running.kill('SIGKILL');
      if (running.exitCode === null && running.signalCode === null) await once(running, 'exit');
      running = await startProviderProcess(settings);
    },
    stopSite: () => site.stop(),
    startSite: async () => void (await site.start(sitePort)),
    async [Symbol.asyncDispose]() {
      running.kill('SIGKILL');
      await site.stop();
      await rm(folder, { recursive: true });
    },
  };
  return provider;
}

type Settings = Readonly<Record<string, string>>;

async function writeSettings(folder: string, sitePort: number): Promise<readonly [number, Settings]> {
  const port = await freePort();
  const file = async (name: string, content: unknown) => {
    await writeFile(join(folder, name), JSON.stringify(content));
    return join(folder, name);
  };
  const client = {
    ...CLIENT,
    redirect_uris: ['https://diary.example/callback'],
    backchannel_logout_uri: `http://127.0.0.1:${sitePort}/logout`,
    first_party: true,
  };
  return [
    port,
    {
      PATH: process.env['PATH'] ?? '',
      ISSUER: `http://127.0.0.1:${port}`,
      PORT: String(port),
      DATABASE_URL: `file:${join(folder, 'idp.sqlite')}`,
      CLIENTS_FILE: await file('clients.json', [client]),
      USERS_FILE: await file('users.json', [PERSON]),
    },
  ];
}

interface TestSite {
  /** 0 chooses a free port. */
  readonly start: (port: number) => Promise<number>;
  readonly stop: () => Promise<void>;
}

function createSite(hear: (sid: string) => void, beforeAnswer: () => Promise<unknown> | undefined): TestSite {
  let server: Server | undefined;
  const take = async (request: IncomingMessage, response: ServerResponse) => {
    const token = new URLSearchParams(await text(request)).get('logout_token') ?? '';
    hear(z.string().parse(decodeJwt(token)['sid']));
    await beforeAnswer();
    response.end();
  };
  return {
    async start(port) {
      server = createServer((request, response) => void take(request, response)).listen(port, '127.0.0.1');
      await once(server, 'listening');
      return portOf(server);
    },
    async stop() {
      const stopping = server;
      server = undefined;
      if (!stopping) return;
      stopping.closeAllConnections();
      stopping.close();
      await once(stopping, 'close');
    },
  };
}

async function signIn(issuer: string): Promise<Visitor> {
  const jar = createCookieJar();
  const asked = {
    client_id: CLIENT.client_id,
    redirect_uri: 'https://diary.example/callback',
    response_type: 'code',
    scope: 'openid',
    code_challenge: CHALLENGE,
    code_challenge_method: 'S256',
  };
  const authorize = `${issuer}/authorize?${new URLSearchParams(asked).toString()}`;
  const form = requireLocation(authorize, await visit(jar, authorize));
  const resumed = requireLocation(form, await post(jar, issuer, { url: form, form: PERSON }));
  const callback = new URL(requireLocation(resumed, await visit(jar, resumed)));
  return {
    sid: await sidOf(issuer, callback.searchParams.get('code') ?? ''),
    signOut: () =>
      post(jar, issuer, { url: `${issuer}/sign-out`, form: {} }).then(
        ({ status }) => status,
        () => undefined,
      ),
    isSignedIn: async () => (await (await visit(jar, `${issuer}/account`)).text()).includes('Signed in as'),
  };
}

function post(
  jar: CookieJar,
  origin: string,
  { url, form }: { readonly url: string; readonly form: Record<string, string> },
): Promise<Response> {
  return visit(jar, url, { method: 'POST', headers: { origin }, form: new URLSearchParams(form) });
}

/** Redeems the code, so that the session has reached the site. */
async function sidOf(issuer: string, code: string): Promise<string> {
  const basic = Buffer.from(`${CLIENT.client_id}:${CLIENT.client_secret}`).toString('base64');
  const response = await fetch(`${issuer}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${basic}` },
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      redirect_uri: 'https://diary.example/callback',
      code_verifier: VERIFIER,
    }),
  });
  const { id_token } = z.object({ id_token: z.string() }).parse(await response.json());
  return z.string().parse(decodeJwt(id_token)['sid']);
}
