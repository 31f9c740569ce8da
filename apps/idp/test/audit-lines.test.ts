import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clients } from './registrations.ts';
import { requirePath } from './search-path.ts';

const programOf = (path: string) => fileURLToPath(new URL(`../src/${path}`, import.meta.url));
/** Whole processes start, on a machine that may be busy. */
const PATIENCE = { timeout: 60_000 };
const ROUNDS = [1, 2, 3];
const AT_ONCE = 20;

interface AuditLine {
  readonly type?: string;
  readonly requestId?: string;
  readonly operator?: string;
}

const linesIn = (log: string): AuditLine[] =>
  log
    .split('\n')
    .filter((line) => line.startsWith('{') && line.endsWith('}'))
    .map((line): AuditLine => JSON.parse(line));

describe('an audit line', () => {
  let folder: string;
  let env: Record<string, string>;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'idp-audit-'));
    const CLIENTS_FILE = join(folder, 'clients.json');
    await writeFile(CLIENTS_FILE, JSON.stringify(clients));
    const DATABASE_URL = `file:${join(folder, 'idp.sqlite')}`;
    env = { PATH: requirePath(), ISSUER: 'http://127.0.0.1:4100', PORT: '0', DATABASE_URL, CLIENTS_FILE };
  });
  afterAll(() => rm(folder, { recursive: true }));

  /** Starts the provider with its log in a file, and kills it when the first of several refusals arrives. */
  async function killAtFirstAnswer(name: string): Promise<{ answered: string[]; lines: AuditLine[] }> {
    const path = join(folder, name);
    const file = await open(path, 'w');
    const child = spawn(process.execPath, [programOf('main.ts')], {
      cwd: folder,
      env,
      stdio: ['ignore', file.fd, 'inherit'],
    });
    const ended = once(child, 'close');
    const addressIn = async () => /listens on (\S+)/.exec(await readFile(path, 'utf8'))?.[1];
    await expect.poll(addressIn, { timeout: 30_000 }).toBeDefined();
    const origin = await addressIn();
    const answered: string[] = [];
    const refused = Array.from({ length: AT_ONCE }, async () => {
      const body = new URLSearchParams({ client_id: 'shop', client_secret: 'wrong', token: 'x' });
      const response = await fetch(`${origin}/introspect`, { method: 'POST', body });
      answered.push(response.headers.get('x-request-id') ?? '');
      child.kill('SIGKILL');
    });
    await Promise.allSettled(refused);
    await ended;
    await file.close();
    return { answered, lines: linesIn(await readFile(path, 'utf8')) };
  }

  it.each(ROUNDS)(
    'is written before the answer: kill -9 at the first of 20 answers loses none, round %i',
    PATIENCE,
    async (round) => {
      const { answered, lines } = await killAtFirstAnswer(`round-${round}.log`);
      expect(answered.length).toBeGreaterThan(0);
      const told = lines.filter(({ type }) => type === 'client.rejected').map(({ requestId }) => requestId);
      expect(answered.filter((id) => !told.includes(id))).toEqual([]);
    },
  );

  it('of the command line names the operator', PATIENCE, async () => {
    const args = [programOf('cli/main.ts'), 'initial-tokens', 'add'];
    const child = spawn(process.execPath, args, { cwd: folder, env, stdio: ['ignore', 'ignore', 'pipe'] });
    const [line] = linesIn(await text(child.stderr));
    expect(line).toMatchObject({ type: 'initial-token.added', operator: userInfo().username });
  });
});
