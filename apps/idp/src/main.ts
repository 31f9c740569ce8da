import type { Server } from 'node:http';
import { systemClock } from '@sso/auth';
import { createApp } from './app.ts';
import { startChores } from './server/background-tasks.ts';
import { openProvider } from './deps.ts';
import { readEnv } from './env.ts';
import { messageOf } from './foundation/error-message.ts';
import { loadStylesheet } from './interaction/stylesheet.ts';
import { createLineWriter } from './log/line-writer.ts';
import { createLog } from './log/log.ts';
import { createPathRedactor, redact } from './log/redact.ts';
import { reportRequests } from './report-requests.ts';
import { createDrain } from './server/drain.ts';
import { listen, portOf } from './server/listen.ts';
import { transportSecurityHeaders } from './http/transport-security.ts';
import { usage } from './settings/usage.ts';

async function start(): Promise<void> {
  const env = readEnv();
  const writer = createLineWriter(process.stdout);
  const log = createLog({ level: env.logLevel, ...writer, now: Date.now });
  const provider = await openProvider(env, { clock: systemClock, observe: log.observe });
  const { host, port, trustedProxies, issuer } = env;
  const drain = createDrain(env.drain);
  const report = env.eventDetails ? reportRequests(log.observe, provider.cookies) : undefined;
  const { fetch, routes } = createApp(provider, loadStylesheet(), drain.isDraining, report);
  const pathOf = createPathRedactor(routes.map(({ path }) => path));
  const headers = transportSecurityHeaders(issuer);
  const server = await listen({
    fetch,
    host,
    port,
    log,
    drain,
    trustedProxies,
    logPathOf: pathOf,
    headers,
  }).catch(async (error: unknown) => {
    await provider.store.close();
    throw error;
  });
  if (issuer.startsWith('http:')) {
    log.observe({ type: 'config.warned', message: 'plain http: cookies go without Secure and prefix' });
  }
  process.stdout.write(`Identity provider ${issuer} listens on http://${host}:${portOf(server)}\n`);
  const stopChores = startChores(provider);
  const stopOutbox = provider.outbox.start();
  endOnSignal(server, async () => {
    await drain.end(server);
    await stopChores();
    await stopOutbox();
    await provider.store.close();
    writer.flush();
  });
}

/** The first signal lets requests under way finish; a second one ends at once. */
function endOnSignal(server: Server, end: () => Promise<void>): void {
  const stop = () => {
    process.off('SIGTERM', stop).off('SIGINT', stop);
    end().catch((error: unknown) => {
      fail(error);
      server.closeAllConnections();
    });
  };
  process.on('SIGTERM', stop).on('SIGINT', stop);
}

/** One sentence, no stack, nothing secret. */
function fail(error: unknown): void {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exitCode = 1;
}

// Node's own report of what nobody caught would print the whole error, and whatever it quotes.
process.on('uncaughtException', (error) => {
  process.stderr.write(`Ended by an unforeseen error: ${redact(error.stack ?? error.message)}\n`);
  process.exit(1);
});

const [argument] = process.argv.slice(2);
if (argument === undefined) start().catch(fail);
else if (argument === '--help' || argument === '-h') process.stdout.write(usage());
else
  fail(
    new Error(`"${redact(argument)}" means nothing here: everything comes from the environment. See --help.`),
  );
