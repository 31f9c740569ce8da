import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../../e2e/support/free-port.ts';
import { ISSUER, type Place } from './person.ts';

/** A site that runs as a process of its own. */
export interface Program {
  readonly place: Place;
  /** Resident memory, MiB. */
  readonly memory: () => number;
  /** Questions to its store so far; `undefined` where it can't say. */
  readonly queries: () => Promise<number | undefined>;
  readonly stop: () => Promise<void>;
}

export interface ProgramOptions {
  readonly sessionKey: string;
  readonly databaseFile: string;
}

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

export async function startPlainSite(options: ProgramOptions): Promise<Program> {
  const program = await start(options, ['--expose-gc', at('bench/tabs/plain-site.ts')], at('bench'));
  const ask = () =>
    new Promise<number | undefined>((resolve) => {
      program.child.once('message', (answer) => resolve(queriesIn(answer)));
      program.child.send('queries');
    });
  return { ...program, queries: ask };
}

const queriesIn = (answer: unknown) =>
  typeof answer === 'object' && answer !== null && 'queries' in answer ? Number(answer.queries) : undefined;

/** The shop as it was built: `next start`. */
export function startShop(options: ProgramOptions): Promise<Program> {
  const next = createRequire(at('apps/shop/package.json')).resolve('next/dist/bin/next');
  return start(options, [next, 'start', '--hostname', '127.0.0.1', '--port'], at('apps/shop'));
}

async function start({ sessionKey, databaseFile }: ProgramOptions, command: string[], cwd: string) {
  const port = await freePort();
  const baseUrl = `http://127.0.0.1:${port}`;
  const own = {
    BASE_URL: baseUrl,
    PORT: String(port),
    SESSION_KEYS: sessionKey,
    DATABASE_FILE: databaseFile,
  };
  const env = { ...process.env, ...own, ISSUER, CLIENT_SECRET: 'unused', BLOG_URL: 'http://127.0.0.1:9' };
  const args = command.at(-1) === '--port' ? [...command, String(port)] : command;
  const child = spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  await waitUntilAnswers(`${baseUrl}/auth/session`, child);
  return {
    child,
    place: { baseUrl, sessionKey },
    memory: () => residentMemory(child.pid),
    queries: async (): Promise<number | undefined> => undefined,
    stop: () => stop(child),
  };
}

async function waitUntilAnswers(url: string, child: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 300 && child.exitCode === null; attempt += 1) {
    const status = await fetch(url).then(
      (response) => response.status,
      () => 0,
    );
    if (status === 200) return;
    await delay(100);
  }
  throw new Error('the site does not start: run pnpm build first');
}

/** MiB, as Linux has it. */
function residentMemory(pid = 0): number {
  const [, kib = '0'] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kib) / 1024;
}

function stop(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}
