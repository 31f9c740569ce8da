import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type ChildOptions, type Program, startChild } from './child.ts';
import { isGroupRunning } from './group.ts';
import { findLaunchers, watchLaunchers } from './launcher.ts';
import { createTail } from './tail.ts';

const folder = mkdtempSync(join(tmpdir(), 'process-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const node = (code: string): Program => ({
  command: process.execPath,
  args: ['--input-type=module', '-e', code],
  cwd: folder,
  env: process.env,
});
const start = (program: Program, options: Partial<ChildOptions> = {}): ReturnType<typeof startChild> =>
  startChild('app', program, { log: join(folder, 'app.log'), ...options });

/** Resolves with the first line that a child prints. */
function firstLine(program: Program, options: Partial<ChildOptions> = {}) {
  const { promise, resolve } = Promise.withResolvers<string>();
  return { child: start(program, { ...options, onLine: resolve }), line: promise };
}

describe('a child', () => {
  it('that dies by itself says how, and what its last words were', async () => {
    const child = start(node('console.log("one"); console.error("two"); process.exit(3)'));
    expect(await child.ended).toMatchObject({ name: 'app', code: 3, asked: false });
    expect([...child.tail()].toSorted()).toEqual(['one', 'two']);
  });

  it('is read line by line, however its text is cut, the last one too', async () => {
    const lines: string[] = [];
    const code = `for (const text of ['on', 'e\\r\\ntw', 'o\\n', 'three']) {
      process.stdout.write(text);
      await new Promise(setImmediate);
    }`;
    await start(node(code), { onLine: (line) => lines.push(line) }).ended;
    await expect.poll(() => lines).toEqual(['one', 'two', 'three']);
  });

  it('that cannot be started ends too', async () => {
    const child = start({ ...node(''), command: join(folder, 'missing') });
    expect(await child.ended).toMatchObject({
      code: undefined,
      asked: false,
      tail: [expect.stringContaining('ENOENT')],
    });
  });

  it('keeps everything it printed in a file for this person only', async () => {
    const log = join(folder, 'kept.log');
    await start(node('console.log("kept")'), { log }).ended;
    await expect.poll(() => readFileSync(log, 'utf8')).toBe('kept\n');
    expect(statSync(log).mode & 0o777).toBe(0o600);
  });

  it('ends with everything it started', async () => {
    const { child, line } = firstLine(
      node(`import { spawn } from 'node:child_process';
        spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
        console.log('up'); setInterval(() => {}, 1000);`),
    );
    await line;
    await child.stop();
    expect(await child.ended).toMatchObject({ signal: 'SIGTERM', asked: true });
    expect(isGroupRunning(child.pid ?? 0)).toBe(false);
  });

  it('that ignores a polite signal is killed after its grace', async () => {
    const { child, line } = firstLine(
      node('process.on("SIGTERM", () => {}); console.log("up"); setInterval(() => {}, 1000)'),
      { graceSeconds: 0.1 },
    );
    await line;
    await child.stop();
    expect(await child.ended).toMatchObject({ signal: 'SIGKILL' });
  });
});

describe('the watchdog', () => {
  it('ends the groups of a process that was killed', async () => {
    const watchdog = new URL('./watchdog.ts', import.meta.url).href;
    const owner = spawn(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        `import { spawn } from 'node:child_process';
         const { startWatchdog } = await import(${JSON.stringify(watchdog)});
         const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached: true, stdio: 'ignore' });
         startWatchdog().guard([child.pid]);
         console.log(child.pid); setInterval(() => {}, 1000);`,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const [chunk]: unknown[] = await once(owner.stdout, 'data');
    const pid = Number(String(chunk));
    expect(isGroupRunning(pid)).toBe(true);
    owner.kill('SIGKILL');
    await expect.poll(() => isGroupRunning(pid)).toBe(false);
  });
});

describe('the launchers', () => {
  it('are none where no package manager stands above', () => {
    expect(findLaunchers(1)).toEqual([]);
  });

  it('take the command with them: npx that is killed leaves its script running', async () => {
    const moduleUrl = JSON.stringify(new URL('./shutdown-request.ts', import.meta.url).href);
    const command = `const { listenForShutdown } = await import(${moduleUrl}); const end = listenForShutdown();
      setInterval(() => {}, 1000); console.log('up'); await end.requested; console.log(end.isOrphaned()); process.exit();`;
    const pnpm = join(folder, 'pnpm');
    writeFileSync(
      pnpm,
      `require('node:child_process').spawn(process.execPath, ['--input-type=module', '-e', ${JSON.stringify(command)}], { stdio: 'inherit' });`,
    );
    const launcher = spawn(process.execPath, [pnpm, 'dev'], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    launcher.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
    await expect.poll(() => said).toBe('up\n');
    launcher.kill('SIGKILL');
    await expect.poll(() => said).toBe('up\ntrue\n');
  });

  it('that belong to another user are alive: su that started npx does not end the command', async () => {
    const moduleUrl = JSON.stringify(new URL('./is-running.ts', import.meta.url).href);
    const code = `const { isRunning } = await import(${moduleUrl});
      if (process.getuid?.() === 0) process.setuid(65534);
      console.log(isRunning(1), isRunning(process.pid), isRunning(2 ** 30));`;
    const { line } = firstLine(node(code));
    expect(await line).toBe('true true false');
  });

  it('are watched: one that goes is told once', async () => {
    const launcher = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    let told = 0;
    watchLaunchers([launcher.pid ?? 0], () => (told += 1));
    launcher.kill('SIGKILL');
    await expect.poll(() => told).toBe(1);
  });
});

describe('the last lines', () => {
  it('are kept to the last few, without colours and empty ones', () => {
    const tail = createTail(2);
    ['a', '', '\u001B[31mb\u001B[0m', 'c  '].forEach(tail.push);
    expect(tail.lines()).toEqual(['b', 'c']);
  });
});
