import { existsSync, readFileSync } from 'node:fs';
import { type ClientRequest, request } from 'node:http';
import { request as requestTls } from 'node:https';
import { setTimeout as delay } from 'node:timers/promises';
import { connect } from 'node:tls';
import type { Child, Ending } from '../process/child.ts';

/** Why waiting ended without an answer. */
export type Unready =
  | { readonly reason: 'ended'; readonly ending: Ending }
  | { readonly reason: 'failed' | 'late' };

export interface WaitOptions {
  readonly child: Child;
  readonly timeoutSeconds: number;
  /** Further sign that it will not come up. */
  readonly hasFailed?: () => boolean;
}

/** Asks until `probe` says yes, the process ends, or the time is over. @returns undefined when it is ready */
export async function waitUntil(
  probe: () => Promise<boolean>,
  options: WaitOptions,
): Promise<Unready | undefined> {
  const { child, timeoutSeconds, hasFailed = () => false } = options;
  const deadline = Date.now() + timeoutSeconds * 1000;
  const state: { ending?: Ending } = {};
  void child.ended.then((ending) => (state.ending = ending));
  while (Date.now() < deadline) {
    // oxlint-disable-next-line no-await-in-loop -- one question after the other is the point
    if (await probe()) return undefined;
    if (state.ending) return { reason: 'ended', ending: state.ending };
    if (hasFailed()) return { reason: 'failed' };
    // oxlint-disable-next-line no-await-in-loop
    await delay(50);
  }
  return { reason: 'late' };
}

/** Whether an app answers 200 on its own port. */
export async function answers(port: number, path = '/healthz'): Promise<boolean> {
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
