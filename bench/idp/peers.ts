import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createCookieJar, requireLocation, visit } from '../../e2e/support/cookie-jar.ts';
import { freePort } from '../../e2e/support/free-port.ts';
import { type Contender, PATHS, type Paths, processFigures } from './contender.ts';
import { authorizeQuery } from './scenarios.ts';

const folder = fileURLToPath(new URL('../peers', import.meta.url));

/** Hono, node:crypto and node:sqlite without any feature: what is left when nothing can be left out. */
export async function startFloor(place: string): Promise<Contender> {
  const peer = await startPeer('floor', place);
  return {
    ...peer,
    name: 'floor',
    paths: PATHS,
    async signIn() {
      const { headers } = await fetch(`http://127.0.0.1:${peer.port}/sign-in`);
      return headers.get('set-cookie')?.split(';', 1)[0] ?? '';
    },
  };
}

const OIDC_PROVIDER_PATHS: Paths = {
  authorize: '/auth',
  token: '/token',
  userinfo: '/me',
  introspect: '/token/introspection',
  jwks: '/jwks',
};

export async function startOidcProvider(place: string): Promise<Contender> {
  const peer = await startPeer('oidc-provider', place);
  const issuer = `http://127.0.0.1:${peer.port}`;
  const paths = OIDC_PROVIDER_PATHS;
  return {
    ...peer,
    name: 'oidc-provider',
    paths,
    async signIn() {
      const jar = createCookieJar();
      let url = `${issuer}${paths.authorize}?${authorizeQuery('sign-in')}`;
      while (url.startsWith(issuer)) url = requireLocation(url, await visit(jar, url));
      return jar.header(issuer);
    },
  };
}

async function startPeer(program: string, place: string) {
  const port = await freePort();
  const began = performance.now();
  const env = { ...process.env, PORT: String(port), DATABASE_FILE: join(place, `${program}.sqlite`) };
  const args = ['--disable-warning=ExperimentalWarning', join(folder, `${program}.ts`)];
  const child = spawn(process.execPath, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise<void>((resolve, reject) => {
    child.once('exit', () => reject(new Error(`${program} did not start`)));
    child.stdout.on('data', (chunk) => String(chunk).includes('listens on') && resolve());
  });
  return { port, startMilliseconds: performance.now() - began, ...processFigures(child) };
}
