import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { portOf } from '../../e2e/support/free-port.ts';
import { createRelyingParty, type RelyingParty } from '../../packages/auth/src/client/index.ts';
import { type ClientRegistration, secretOf } from './provider.ts';

/** A site on `packages/auth`, as a server of this process. */
export interface Site extends AsyncDisposable {
  readonly baseUrl: string;
  readonly registration: ClientRegistration;
  /** Has to be called before anybody comes: the provider wants to know the site's address first. */
  open(issuer: string): void;
}

export async function startRelyingParty(clientId: string): Promise<Site> {
  let party: RelyingParty | undefined;
  const server = createServer((request, answer) => {
    if (party) void respond(party, baseUrl, { request, answer });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const baseUrl = `http://127.0.0.1:${portOf(server)}`;
  return {
    baseUrl,
    registration: {
      clientId,
      backchannelLogoutUri: `${baseUrl}/auth/backchannel-logout`,
      redirectUri: `${baseUrl}/auth/callback`,
      postLogoutRedirectUri: `${baseUrl}/auth/logged-out`,
    },
    open(issuer) {
      const sessionKeys = [randomBytes(32).toString('base64url')];
      party = createRelyingParty({
        issuer,
        clientId,
        clientSecret: secretOf(clientId),
        baseUrl,
        sessionKeys,
      });
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly answer: ServerResponse;
}

async function respond(party: RelyingParty, baseUrl: string, { request, answer }: Exchange): Promise<void> {
  const leave = new AbortController();
  answer.on('close', () => leave.abort());
  const { method = 'GET', url = '/' } = request;
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) headers.set(name, String(value));
  const body = method === 'POST' ? await text(request) : null;
  const asked = new Request(new URL(url, baseUrl), { method, headers, body, signal: leave.signal });
  const response = await party.handler(asked);
  answer.writeHead(response?.status ?? 404, headersOf(response));
  answer.flushHeaders();
  for await (const part of response?.body ?? []) answer.write(part);
  answer.end();
}

function headersOf(response: Response | undefined): Record<string, string | string[]> {
  if (!response) return {};
  return { ...Object.fromEntries(response.headers), 'set-cookie': response.headers.getSetCookie() };
}
