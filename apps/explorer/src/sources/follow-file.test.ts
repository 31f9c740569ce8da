import { appendFileSync, mkdtempSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { followFile } from './follow-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'follow-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let ending = new AbortController();
afterEach(() => {
  ending.abort();
  ending = new AbortController();
});

function follow(name: string, options: { backlogBytes?: number } = {}) {
  const path = join(folder, name);
  const lines: string[] = [];
  void followFile(path, {
    ...options,
    pauseMilliseconds: 5,
    signal: ending.signal,
    onLines: (more) => lines.push(...more),
  });
  return { path, lines };
}

describe('following a file', () => {
  it('waits for a file that is not there yet, and reads whole lines alone', async () => {
    const { path, lines } = follow('later');
    writeFileSync(path, 'one\ntw');
    await expect.poll(() => lines).toEqual(['one']);
    appendFileSync(path, 'o ü\nthree\n');
    await expect.poll(() => lines).toEqual(['one', 'two ü', 'three']);
  });

  it('begins anew with a file that was emptied, and with one that took its place', async () => {
    const { path, lines } = follow('rolled');
    writeFileSync(path, 'a long first line\n');
    await expect.poll(() => lines).toHaveLength(1);
    truncateSync(path);
    appendFileSync(path, 'second\n');
    await expect.poll(() => lines).toHaveLength(2);
    renameSync(path, `${path}.1`);
    writeFileSync(path, 'a third line, of a new file\n');
    await expect.poll(() => lines.at(-1)).toBe('a third line, of a new file');
  });

  it('leaves out what was there before, where no backlog is wanted', async () => {
    const path = join(folder, 'old');
    writeFileSync(path, 'old\n');
    const { lines } = follow('old', { backlogBytes: 0 });
    await expect
      .poll(() => {
        appendFileSync(path, 'new\n');
        return lines.includes('new');
      })
      .toBe(true);
    expect(lines).not.toContain('old');
  });
});
