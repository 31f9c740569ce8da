import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { developmentFolder } from './folder.ts';
import { claimFolder, findRunningStack } from './running.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'running-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const directory = (): string => developmentFolder(root);

describe('a folder that a development stack uses', () => {
  it('refuses a second one by pid and folder: use it, or end it there', () => {
    const release = claimFolder(directory(), 8443);
    expect(() => claimFolder(directory(), 9443)).toThrow(
      expect.objectContaining({
        message: `pnpm dev already runs (pid ${process.pid}, ${root})`,
        fix: 'use it, or end it there',
      }),
    );
    release();
    claimFolder(directory(), 9443)();
  });

  it('is known to others as long as it is used', () => {
    expect(findRunningStack(directory())).toBeUndefined();
    const release = claimFolder(directory(), 8443);
    expect(findRunningStack(directory())).toEqual({ pid: process.pid, httpsPort: 8443, root });
    release();
    expect(findRunningStack(directory())).toBeUndefined();
  });

  it('is free again when its process was killed', async () => {
    const code = `const { claimFolder } = await import(${JSON.stringify(new URL('./running.ts', import.meta.url).href)});
      claimFolder(${JSON.stringify(directory())}, 8443); console.log('claimed'); setInterval(() => {}, 1000);`;
    const owner = spawn(process.execPath, ['--input-type=module', '-e', code], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(owner.stdout, 'data');
    expect(findRunningStack(directory())).toMatchObject({ pid: owner.pid });
    owner.kill('SIGKILL');
    await once(owner, 'exit');
    expect(findRunningStack(directory())).toBeUndefined();
    claimFolder(directory(), 8443)();
  });

  it('names the file that keeps it, when that is damaged', () => {
    claimFolder(directory(), 8443)();
    const path = join(directory(), 'running.sqlite');
    writeFileSync(path, 'x'.repeat(5000));
    expect(findRunningStack(directory())).toBeUndefined();
    expect(() => claimFolder(directory(), 8443)).toThrow(`The database ${path} can't be used`);
  });
});
