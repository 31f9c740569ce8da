import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { portOf } from '../../e2e/support/free-port.ts';
import { createRelyingParty, type RelyingParty } from '../../packages/auth/src/client/index.ts';
import { createResourceServer, type ResourceServer } from '../../packages/auth/src/resource/index.ts';
import { createMemoryRevocations } from '../../packages/auth/src/session/index.ts';
import { type ClientRegistration, secretOf } from '../logout/provider.ts';
import { BLOG_API } from './contract.ts';

/** A site on `packages/auth` with an API of its own, as a server of this process. */
export interface SiteWithApi extends AsyncDisposable {
  readonly registration: ClientRegistration;
  /** Has to be called before anybody comes: the provider wants to know the site's address first. */
  open(issuer: string): void;
  /** The status by which its API answers whoever holds this token. */
  call(token: string): Promise<number>;
}

interface Parts {
  readonly party: RelyingParty;
  readonly api: ResourceServer<string>;
}

export async function startSiteWithApi(clientId: string): Promise<SiteWithApi> {
  let parts: Parts | undefined;
  const server = createServer((request, answer) => {
    if (parts) void respond(parts, baseUrl, { request, answer });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const baseUrl = `http://127.0.0.1:${portOf(server)}`;
  return {
    registration: {
      clientId,
      metadata: { security_event_uri: `${baseUrl}/auth/security-events`, audiences: [BLOG_API] },
    },
    open: (issuer) => (parts = createParts(issuer, clientId, baseUrl)),
    async call(token) {
      const headers = { authorization: `Bearer ${token}` };
      const answer = await fetch(`${baseUrl}/api`, { headers });
      await answer.body?.cancel();
      return answer.status;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function createParts(issuer: string, clientId: string, baseUrl: string): Parts {
  const revocations = createMemoryRevocations(() => Math.floor(Date.now() / 1000));
  const sessionKeys = [Buffer.alloc(32, 7).toString('base64url')];
  const clientSecret = secretOf(clientId);
  const party = createRelyingParty({ issuer, clientId, clientSecret, baseUrl, sessionKeys, revocations });
  return { party, api: createResourceServer({ issuer, audience: BLOG_API, revocations }) };
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly answer: ServerResponse;
}

async function respond({ party, api }: Parts, baseUrl: string, { request, answer }: Exchange): Promise<void> {
  const { method = 'GET', url = '/' } = request;
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) headers.set(name, String(value));
  const body = method === 'POST' ? await text(request) : null;
  const asked = new Request(new URL(url, baseUrl), { method, headers, body });
  const read = api.guard(() => new Response('posts'));
  const response = url === '/api' ? await read(asked) : await party.handler(asked);
  answer.writeHead(response?.status ?? 404).end(await response?.text());
}
