import { text } from 'node:stream/consumers';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type LogoutTokenClaims,
  type SecurityEventClaims,
  verifyLogoutToken,
  verifySecurityEvent,
} from '@sso/auth/tokens';
import { decodeJwt, decodeProtectedHeader, type JWTPayload } from 'jose';
import { parseAccess } from '../src/access/access-file.ts';
import { sha256 } from '../src/foundation/secrets.ts';
import type { Browser } from './browser.ts';
import { locationOf } from './browser.ts';
import { type CommandLine, createCommandLine } from './command-line.ts';
import { answer as answerConsent } from './consent-form.ts';
import { startLoopback } from './loopback-server.ts';
import { access, clients, ISSUER } from './registrations.ts';
import { authorizePath, codeForm, openTestProvider, signIn, type TestProvider } from './test-provider.ts';

const SITES = ['shop', 'blog', 'stranger', 'wiki'] as const;
export type SiteName = (typeof SITES)[number];

/** A logout token as its site took it: verified like any site would. */
export interface Told extends LogoutTokenClaims {
  readonly site: SiteName;
  readonly header: ReturnType<typeof decodeProtectedHeader>;
}

/** A security event as its site took it, verified like any site would. */
export interface ToldChange extends SecurityEventClaims {
  readonly site: SiteName;
  readonly header: ReturnType<typeof decodeProtectedHeader>;
  readonly contentType: string | undefined;
  readonly claims: JWTPayload;
}

/** A provider on a file, its command line, and sites of this machine that hear of sign-outs. */
export interface ToldSites extends AsyncDisposable {
  readonly idp: TestProvider;
  readonly line: CommandLine;
  readonly databaseUrl: string;
  /** The file that the nodes read; the command line has a contract of its own. */
  readonly accessFile: string;
  /** What was sent, in order, whatever was answered. */
  readonly told: Told[];
  /** The changed permissions that sites heard of, in order, whatever was answered. */
  readonly changes: ToldChange[];
  /** How a site answers; 200 by default. */
  readonly answers: Map<SiteName, (response: ServerResponse) => void>;
  /** How it answers a security event; 202 by default. */
  readonly eventAnswers: Map<SiteName, (response: ServerResponse) => void>;
  /** Signs in at a site, in a browser that may be signed in already. Says what the site knows the session by. */
  signInAt(site: SiteName, browser: Browser, username?: string): Promise<SiteSession>;
  /** Another provider on the same database, with the same clients. */
  openNode(): Promise<TestProvider>;
}

export interface SiteSession {
  readonly sid: string;
  readonly idToken: string;
  readonly refreshToken: string;
}

const redirectOf = (site: SiteName) => `https://${site}.example/auth/callback`;
const WIKI_SECRET = 'wiki-secret-0123456789';

export async function openToldSites(env: Record<string, string> = {}): Promise<ToldSites> {
  const disposal = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'idp-told-'));
  disposal.defer(() => rm(folder, { recursive: true }));
  const told: Told[] = [];
  const changes: ToldChange[] = [];
  const answers: ToldSites['answers'] = new Map();
  const eventAnswers: ToldSites['eventAnswers'] = new Map();
  const addresses = new Map<string, string>();
  for (const site of SITES) {
    const take = async (request: IncomingMessage, response: ServerResponse) => {
      if (request.url === '/events') {
        changes.push(await readEvent(idp, site, request));
        return (eventAnswers.get(site) ?? ((taken) => taken.writeHead(202).end()))(response);
      }
      told.push(await readToken(idp, site, await text(request)));
      return (answers.get(site) ?? ((taken) => taken.writeHead(200).end()))(response);
    };
    const server = await startLoopback((request, response) => void take(request, response));
    disposal.use(server);
    addresses.set(site, `http://127.0.0.1:${server.port}`);
  }
  const registered = clients.map((client) => ({
    ...client,
    ...hearingAt(addresses.get(client.client_id)),
  }));
  const CLIENTS_FILE = join(folder, 'clients.json');
  await writeFile(CLIENTS_FILE, JSON.stringify(registered));
  const ACCESS_FILE = join(folder, 'access.json');
  await writeFile(ACCESS_FILE, JSON.stringify(access));
  const databaseUrl = env['DATABASE_URL'] ?? `file:${join(folder, 'idp.sqlite')}`;
  const openNode = async () =>
    disposal.use(await openTestProvider({ CLIENTS_FILE, ACCESS_FILE, DATABASE_URL: databaseUrl, ...env }));
  const idp = await openNode();
  await addWiki(idp, addresses.get('wiki') ?? '');
  const line = createCommandLine(databaseUrl);
  line.now = idp.provider.clock();
  line.contract = parseAccess(access);
  return {
    idp,
    line,
    databaseUrl,
    accessFile: ACCESS_FILE,
    told,
    changes,
    answers,
    eventAnswers,
    openNode,
    signInAt: (site, browser, username) => signInAt(idp, { site, browser, username }),
    [Symbol.asyncDispose]: () => disposal.disposeAsync(),
  };
}

/** The one client that is registered in the database. */
async function addWiki({ provider }: TestProvider, address: string): Promise<void> {
  const registration = {
    client_name: 'The wiki',
    redirect_uris: [redirectOf('wiki')],
    grant_types: ['authorization_code', 'refresh_token'],
    ...hearingAt(address),
    id_token_signed_response_alg: 'EdDSA',
    first_party: true,
  };
  const { store, clock } = provider;
  await store.addClient({ clientId: 'wiki', registration, secretHash: sha256(WIKI_SECRET) }, clock());
  await provider.clients.reload();
}

/** Where a site hears of what it has to know. */
function hearingAt(address: string | undefined) {
  return address === undefined
    ? {}
    : { backchannel_logout_uri: `${address}/logout`, security_event_uri: `${address}/events` };
}

async function readEvent(idp: TestProvider, site: SiteName, request: IncomingMessage): Promise<ToldChange> {
  const token = await text(request);
  const { keys, clock } = idp.provider;
  const event = await verifySecurityEvent(token, {
    issuer: ISSUER,
    clientId: site,
    algorithms: [site === 'wiki' ? 'EdDSA' : 'ES256'],
    keys: keys.verificationKeys,
    clock,
  });
  const contentType = request.headers['content-type'];
  return { ...event, site, header: decodeProtectedHeader(token), contentType, claims: decodeJwt(token) };
}

async function readToken(idp: TestProvider, site: SiteName, body: string): Promise<Told> {
  const token = new URLSearchParams(body).get('logout_token') ?? '';
  const { keys, clock } = idp.provider;
  const claims = await verifyLogoutToken(token, {
    issuer: ISSUER,
    clientId: site,
    algorithms: [site === 'wiki' ? 'EdDSA' : 'ES256'],
    keys: keys.verificationKeys,
    clock,
  });
  return { ...claims, site, header: decodeProtectedHeader(token) };
}

interface SignInAt {
  readonly site: SiteName;
  readonly browser: Browser;
  readonly username?: string | undefined;
}

async function signInAt(idp: TestProvider, { site, browser, username }: SignInAt): Promise<SiteSession> {
  const redirect_uri = redirectOf(site);
  const asked = { client_id: site, redirect_uri, ...(username && { prompt: 'login' }) };
  const callback = await callbackOf(browser, site, authorizePath(asked), username);
  const form = codeForm(callback, { redirect_uri });
  const response = await (site === 'wiki' ? redeemForWiki(idp, form) : idp.token(form, site));
  const tokens: { id_token: string; refresh_token: string } = await response.json();
  const sid = decodeJwt(tokens.id_token)['sid'];
  if (typeof sid !== 'string') throw new Error('the ID token names no sid');
  return { sid, idToken: tokens.id_token, refreshToken: tokens.refresh_token };
}

async function callbackOf(browser: Browser, site: SiteName, path: string, username?: string): Promise<URL> {
  const next = locationOf(await browser.get(path));
  if (next.pathname.startsWith('/sign-in/')) {
    const callback = await signIn(browser, path, username);
    return callback.pathname.startsWith('/consent/') ? answerConsent(browser, path, ['email']) : callback;
  }
  return site === 'stranger' && next.pathname.startsWith('/consent/')
    ? answerConsent(browser, path, ['email'])
    : next;
}

function redeemForWiki(idp: TestProvider, form: Record<string, string>): Promise<Response> {
  const authorization = `Basic ${Buffer.from(`wiki:${WIKI_SECRET}`).toString('base64')}`;
  const request = { method: 'POST', headers: { authorization }, body: new URLSearchParams(form) };
  return idp.fetch(new Request(`${ISSUER}/token`, request));
}
