import { type ServerType, serve } from '@hono/node-server';
import { systemClock } from '@sso/auth';
import { createApp } from './app.ts';
import { openProvider } from './deps.ts';
import { type Env, readEnv } from './env.ts';
import type { ProviderEvent } from './events.ts';
import { messageOf } from './files.ts';
import { loadStylesheet } from './interaction/stylesheet.ts';
import { KEY_RELOAD_SECONDS } from './lifetimes.ts';
import type { Provider } from './provider.ts';

const SWEEP_SECONDS = 300;

async function start(): Promise<void> {
  const env = readEnv();
  const provider = await openProvider(env, { clock: systemClock, observe: log });
  const server = await listen(env, createApp(provider, loadStylesheet()).fetch).catch(
    async (error: unknown) => {
      await provider.store.close();
      throw error;
    },
  );
  if (env.issuer.startsWith('http:')) {
    log({ type: 'config.warned', message: 'plain http: cookies go without Secure and prefix' });
  }
  process.stdout.write(`Identity provider ${env.issuer} listens on http://${env.host}:${portOf(server)}\n`);
  stopOnSignal(server, provider, startChores(provider));
}

function stopOnSignal(server: ServerType, provider: Provider, stopChores: () => void): void {
  const stop = () => {
    stopChores();
    server.close(() => void provider.store.close());
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

/** PORT 0 lets the system choose. */
function portOf(server: ServerType): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Resolves once the port is ours. */
function listen(env: Env, fetch: (request: Request) => Response | Promise<Response>): Promise<ServerType> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch, hostname: env.host, port: env.port }, () => resolve(server));
    server.once('error', (cause) =>
      reject(new Error(`${env.host}:${env.port} can't be listened on: ${cause.message}`, { cause })),
    );
  });
}

/** What has to be done now and then; a failure is logged and tried again the next time. */
function startChores(provider: Provider): () => void {
  const timers = [
    every(KEY_RELOAD_SECONDS, () => provider.keys.reload()),
    every(SWEEP_SECONDS, () => provider.store.sweep(provider.clock())),
  ];
  return () => timers.forEach((timer) => clearInterval(timer));
}

function every(seconds: number, chore: () => Promise<void>): NodeJS.Timeout {
  return setInterval(
    () => void chore().catch((error: unknown) => log(internal(error))),
    seconds * 1000,
  ).unref();
}

function internal(error: unknown): ProviderEvent {
  return { type: 'error.internal', name: 'chore', message: messageOf(error) };
}

/** One JSON line per event. */
function log(event: ProviderEvent): void {
  process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), ...event })}\n`);
}

start().catch((error: unknown) => {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exitCode = 1;
});
