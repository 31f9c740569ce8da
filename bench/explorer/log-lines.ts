import { appendFileSync } from 'node:fs';

/** Where the explorer under test reads. */
export interface LogFiles {
  readonly accessLog: string;
  readonly eventLog: string;
}

const PAGES_OF_A_LOGIN = ['/auth/login', '/auth/callback'] as const;

/**
 * Writes requests as Caddy does, and the events that belong to them as an app does. The path of each names the moment at
 * which it was written, milliseconds since the epoch.
 */
export function writeMessages(files: LogFiles, host: string, count: number): void {
  const now = Date.now();
  const access: string[] = [];
  const events: string[] = [];
  for (let number = 0; number < count; number += 1) {
    const path = number % 10 < 2 ? (PAGES_OF_A_LOGIN[number % 10] ?? '/') : `/seen/${now}`;
    access.push(accessLine(host, path, now));
    events.push(...eventLines(path, now));
  }
  appendFileSync(files.eventLog, events.join(''));
  appendFileSync(files.accessLog, access.join(''));
}

function accessLine(host: string, path: string, now: number): string {
  const headers = { 'User-Agent': ['Mozilla/5.0'] };
  const request = { method: 'GET', host, uri: path, headers };
  const line = { ts: now / 1000, duration: 0.004, status: 200, size: 100, request, resp_headers: {} };
  return `${JSON.stringify(line)}\n`;
}

const names = { issuer: 'https://idp.localhost', clientId: 'shop', sub: 'somebody', sid: 'a-session' };

function eventLines(path: string, now: number): readonly string[] {
  const time = new Date(now - 2).toISOString();
  const cookies = { type: 'cookies.handled', method: 'GET', path, read: ['__Host-session'], set: [] };
  const login = { type: path === '/auth/login' ? 'login.started' : 'callback.accepted', stateHash: `${now}` };
  const all = path.startsWith('/auth/') ? [cookies, login] : [cookies];
  return all.map((event) => `${JSON.stringify({ time, ...names, ...event })}\n`);
}
