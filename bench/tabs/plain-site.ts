// A site on node:http and SQLite, as small as one can be. Started by tabs.ts, which asks it by messages what it costs.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createRelyingParty } from '../../packages/auth/src/client/index.ts';
import { openShopDatabase } from '../../apps/shop/src/database/database.ts';
import { createAuthStores } from '../../packages/site/src/database/index.ts';
import { AUDIENCE, CLIENT_ID, ISSUER } from './person.ts';

const { BASE_URL = '', SESSION_KEYS = '', DATABASE_FILE = '', PORT = '0' } = process.env;
const database = await openShopDatabase(DATABASE_FILE);
const { revocations } = createAuthStores(async () => database);
let queries = 0;
const site = createRelyingParty({
  issuer: ISSUER,
  clientId: CLIENT_ID,
  baseUrl: BASE_URL,
  audience: AUDIENCE,
  sessionKeys: [SESSION_KEYS],
  revocations: {
    revoke: revocations.revoke,
    isRevoked: (session) => ((queries += 1), revocations.isRevoked(session)),
    findSince: async (moment) => ((queries += 1), (await revocations.findSince?.(moment)) ?? []),
  },
});

const server = createServer((request, answer) => void respond(request, answer));
server.listen(Number(PORT), '127.0.0.1');
process.on('message', () => {
  // What is garbage by now is no cost of an open tab.
  globalThis.gc?.();
  process.send?.({ queries });
});

async function respond(
  { url = '/', method = 'GET', headers }: IncomingMessage,
  answer: ServerResponse,
): Promise<void> {
  const leave = new AbortController();
  answer.on('close', () => leave.abort());
  const sent = Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]);
  const request = new Request(new URL(url, BASE_URL), { method, headers: sent, signal: leave.signal });
  const response = await site.handler(request);
  answer.writeHead(response?.status ?? 404, Object.fromEntries(response?.headers ?? []));
  for await (const part of response?.body ?? []) answer.write(part);
  answer.end();
}
