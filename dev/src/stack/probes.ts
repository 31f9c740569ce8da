import { existsSync, readFileSync } from 'node:fs';
import { type ClientRequest, request } from 'node:http';
import { request as requestTls } from 'node:https';
import { connect } from 'node:tls';

/** Whether an app answers 200 on its own port. */
export async function isHealthy(port: number, path = '/healthz'): Promise<boolean> {
  return (await statusOf(request({ host: '127.0.0.1', port, path, timeout: 20_000, agent: false }))) === 200;
}

export interface PublicAddress {
  readonly origin: string;
  /** PEM file of the only root that is accepted: another Caddy on the port is not taken for ours. */
  readonly rootCertificate: string;
}

/** Whether a certificate for this host that leads to our root is served: Caddy is up, and it is ours. */
export function servesTls({ origin, rootCertificate }: PublicAddress): Promise<boolean> {
  return new Promise((resolve) => {
    if (!existsSync(rootCertificate)) return resolve(false);
    const { hostname: servername, port } = new URL(origin);
    const ca = readFileSync(rootCertificate);
    const socket = connect({ host: '127.0.0.1', port: Number(port || 443), servername, ca });
    socket.setTimeout(5000, () => socket.destroy());
    socket.once('secureConnect', () => resolve(true));
    socket.once('secureConnect', () => socket.destroy());
    socket.once('error', () => resolve(false));
    socket.once('close', () => resolve(false));
  });
}

/** The status of a page as a browser reaches it, through Caddy; undefined when there is no answer. */
export async function publicStatus(address: PublicAddress, path: string): Promise<number | undefined> {
  const { origin, rootCertificate } = address;
  if (!existsSync(rootCertificate)) return undefined;
  const { hostname: servername, host, port } = new URL(origin);
  const ca = readFileSync(rootCertificate);
  const target = { host: '127.0.0.1', port: Number(port || 443), path, servername, ca, headers: { host } };
  return statusOf(requestTls({ ...target, timeout: 60_000, agent: false }));
}

function statusOf(sent: ClientRequest): Promise<number | undefined> {
  return new Promise((resolve) => {
    sent.once('response', (response) => {
      response.resume();
      response.once('close', () => resolve(response.statusCode));
    });
    sent.once('timeout', () => sent.destroy());
    sent.once('error', () => resolve(undefined));
    sent.end();
  });
}
