import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import { portOf } from '../../e2e/support/free-port.ts';
import type { ClientRegistration } from './provider.ts';

/** A site that hears of sign-outs. */
export interface BenchSite extends AsyncDisposable {
  readonly registration: ClientRegistration;
  /** Each `sid` it was told, and how often. */
  readonly told: Map<string, number>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

interface SiteOptions {
  readonly clientId: string;
  /** Takes the call and never answers. */
  readonly hangs?: boolean;
}

export async function startSite({ clientId, hangs = false }: SiteOptions): Promise<BenchSite> {
  const told = new Map<string, number>();
  let server: Server | undefined;
  let port = 0;
  const start = async (): Promise<void> => {
    server = createServer((request, response) => {
      void text(request).then((body) => {
        const sid = sidIn(body);
        told.set(sid, (told.get(sid) ?? 0) + 1);
        if (!hangs) response.end();
        return undefined;
      });
    }).listen(port, '127.0.0.1');
    await once(server, 'listening');
    port = portOf(server);
  };
  const stop = async (): Promise<void> => {
    const stopping = server;
    server = undefined;
    if (!stopping) return;
    stopping.closeAllConnections();
    stopping.close();
    await once(stopping, 'close');
  };
  await start();
  return {
    registration: { clientId, backchannelLogoutUri: `http://127.0.0.1:${port}/logout` },
    told,
    start,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

/** Of a token that the bench itself asked for: nothing depends on its signature here. */
function sidIn(body: string): string {
  const [, payload = ''] = (new URLSearchParams(body).get('logout_token') ?? '').split('.');
  const claims: { sid?: string } = JSON.parse(Buffer.from(payload, 'base64url').toString());
  return claims.sid ?? '';
}
