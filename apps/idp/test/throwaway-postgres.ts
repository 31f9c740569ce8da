import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { requirePath } from './search-path.ts';

const run = promisify(execFile);

/** A PostgreSQL server of our own: loopback only, a free port, gone with its folder when disposed. */
export interface ThrowawayPostgres extends AsyncDisposable {
  readonly url: string;
}

/** Whether PostgreSQL's server programs are on PATH. */
export const hasPostgres = requirePath()
  .split(delimiter)
  .some((folder) => existsSync(join(folder, 'initdb')));

export async function startPostgres(): Promise<ThrowawayPostgres> {
  const owner = unprivilegedOwner();
  const folder = await mkdtemp(join(tmpdir(), 'idp-pg-'));
  if (owner.uid !== undefined && owner.gid !== undefined) await chown(folder, owner.uid, owner.gid);
  const data = join(folder, 'data');
  // The unprivileged user can't read root's working folder, so the cluster's own is the one to start in.
  const as = { ...owner, cwd: folder, env: { PATH: requirePath(), HOME: folder, LC_ALL: 'C' } };
  await run(
    'initdb',
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync', '--no-instructions'],
    as,
  );
  const port = await freePort();
  const server = spawn('postgres', serverArguments(data, folder, port), {
    ...as,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await untilReady(server);
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    async [Symbol.asyncDispose]() {
      server.kill('SIGINT');
      await once(server, 'exit');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function serverArguments(data: string, folder: string, port: number): string[] {
  const settings = [
    'fsync=off',
    'full_page_writes=off',
    'synchronous_commit=off',
    'max_connections=80',
    'shared_buffers=16MB',
  ];
  return [
    '-D',
    data,
    '-p',
    String(port),
    '-h',
    '127.0.0.1',
    '-k',
    folder,
    ...settings.flatMap((one) => ['-c', one]),
  ];
}

/** PostgreSQL refuses to run as root: step down to a user that every system has. */
function unprivilegedOwner(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const users = readFileSync('/etc/passwd', 'utf8').split('\n');
  const line =
    users.find((user) => user.startsWith('postgres:')) ?? users.find((user) => user.startsWith('nobody:'));
  const [, , uid, gid] = line?.split(':') ?? [];
  return { uid: Number(uid), gid: Number(gid) };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

async function untilReady(server: ChildProcess): Promise<void> {
  let log = '';
  if (!server.stderr) throw new Error('no log');
  for await (const chunk of server.stderr) {
    log += String(chunk);
    if (log.includes('ready to accept connections')) break;
  }
  if (!log.includes('ready to accept connections')) throw new Error(`PostgreSQL did not start: ${log}`);
  server.stderr.resume();
}
