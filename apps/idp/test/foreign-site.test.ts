import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeJwt } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCommandLine } from './command-line.ts';
import { counts, createReceiver } from './examples/foreign-site.js';
import { startLoopback } from './loopback-server.ts';
import { clients, ISSUER, SHOP_API } from './registrations.ts';
import { authorizePath, openTestProvider, type TestProvider, tokensFor } from './test-provider.ts';

const read = (file: string) => readFile(new URL(file, import.meta.url), 'utf8');

let disposal: AsyncDisposableStack;
let idp: TestProvider;
let takeAway: () => Promise<unknown>;
let receive: (request: Request) => Promise<Response>;
const changes = new Map<string, number>();
const answers: number[] = [];

beforeEach(async () => {
  changes.clear();
  answers.length = 0;
  disposal = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'idp-foreign-'));
  disposal.defer(() => rm(folder, { recursive: true }));
  const server = disposal.use(await startLoopback((request, response) => void serve(request, response)));
  const origin = `http://127.0.0.1:${server.port}`;
  receive = createReceiver({ issuer: ISSUER, clientId: 'shop', jwksUri: `${origin}/jwks`, changes });
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const answer = await (request.url === '/jwks'
      ? idp.fetch(new Request(`${ISSUER}/jwks`))
      : receive(new Request(origin, { method: 'POST', body: await text(request) })));
    if (request.url !== '/jwks') answers.push(answer.status);
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text());
  };
  const CLIENTS_FILE = join(folder, 'clients.json');
  const registered = clients.map((client) => ({ ...client, security_event_uri: `${origin}/events` }));
  await writeFile(CLIENTS_FILE, JSON.stringify(registered));
  const DATABASE_URL = `file:${join(folder, 'idp.sqlite')}`;
  idp = disposal.use(await openTestProvider({ CLIENTS_FILE, DATABASE_URL }));
  const line = createCommandLine(DATABASE_URL);
  line.now = idp.provider.clock();
  takeAway = () => line.run('users', 'roles', 'ada', '--remove', 'member', '--now');
});
afterEach(() => disposal.disposeAsync());

describe('a foreign site that knows the standards only', () => {
  it('N-06 takes the event, and no older token counts there; the next one does', async () => {
    const { access_token, refresh_token } = await tokensFor(idp, authorizePath({ resource: SHOP_API }));
    expect(counts(decodeJwt(access_token), changes)).toBe(true);
    await takeAway();
    await idp.provider.outbox.tellDue();
    expect(answers).toEqual([202]);
    expect(counts(decodeJwt(access_token), changes)).toBe(false);
    const response = await idp.token({ grant_type: 'refresh_token', refresh_token });
    const renewed: { access_token: string } = await response.json();
    expect(counts(decodeJwt(renewed.access_token), changes)).toBe(true);
  });

  it.each([
    ['an access token', (tokens: { access_token: string }) => tokens.access_token],
    ['an ID token', (tokens: { id_token: string }) => tokens.id_token],
    ['no token', () => 'hello'],
  ])('refuses %s in its place', async (_what, tokenOf) => {
    const tokens = await tokensFor(idp);
    const answer = await receive(new Request(ISSUER, { method: 'POST', body: tokenOf(tokens) }));
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({ err: 'invalid_request', description: expect.any(String) });
  });

  it('is what docs/security-events.md shows', async () => {
    const document = await read('../../../docs/security-events.md');
    expect(document).toContain(`\`\`\`js\n${await read('examples/foreign-site.js')}\`\`\``);
  });
});
