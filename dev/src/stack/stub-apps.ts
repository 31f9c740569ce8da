import type { AppName } from '@sso/domains';
import type { Program } from '../process/child.ts';
import type { StackOptions, ProgramSettings } from './options.ts';

// Says what it was started with, echoes headers, and crashes on demand.
const server = `
import { createServer } from 'node:http';
const { PORT, NAME } = process.env;
console.log(NAME + ' listens');
createServer((request, response) => {
  const { pathname } = new URL(request.url, 'http://x');
  if (pathname === '/crash') { console.error('the sky is falling'); process.exit(3); }
  if (pathname === '/env') return response.end(JSON.stringify(process.env));
  if (pathname === '/headers') return response.end(JSON.stringify(request.headers));
  if (pathname === '/pid') return response.end(String(process.pid));
  if (pathname === '/redirect') return response.writeHead(303, {
    location: 'https://shop.localhost/auth/callback?code=SECRET-CODE&state=SECRET-STATE#SECRET-HASH',
    'set-cookie': '__Host-session=SECRET-COOKIE; Secure; Path=/',
  }).end();
  if (pathname === '/sibling') return fetch(process.env.SIBLING).then((r) => r.text()).then(
    (text) => response.end(text), (error) => response.writeHead(500).end(String(error.cause ?? error)));
  request.resume().on('end', () => response.end(NAME + ' ok'));
}).listen(Number(PORT), '127.0.0.1');
process.on('SIGTERM', () => process.exit(0));
`;

/** A small server in place of an app, for tests of everything around it. */
export function stubApp(name: AppName, code: string = server) {
  return ({ env, root }: ProgramSettings): Program => ({
    command: process.execPath,
    args: ['--input-type=module', '-e', code],
    cwd: root,
    env: { ...env, NAME: name },
  });
}

/** Stand-ins for every app. */
export const stubApps: NonNullable<StackOptions['programs']> = {
  idp: stubApp('idp'),
  shop: stubApp('shop'),
  blog: stubApp('blog'),
};
