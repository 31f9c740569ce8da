import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { readmeRows, usage } from '../src/settings/usage.ts';

/** The cells of the README's rows that begin with a variable, whatever the formatter made of their width. */
async function writtenRows(): Promise<string[][]> {
  const text = await readFile(new URL('../README.md', import.meta.url), 'utf8');
  const rows = text.split('\n').filter((line) => /^\| `[A-Z_]+`/.test(line));
  return rows.map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll('\\*', '*')),
  );
}

describe('the README', () => {
  it('has the variables of settings/variables.ts, each with its default, meaning and example, and no other', async () => {
    expect(await writtenRows()).toEqual(readmeRows());
  });
});

describe('--help', () => {
  it('names every variable with what it means and an example', () => {
    for (const [name = '', , meaning = ''] of readmeRows()) {
      expect(usage()).toContain(`  ${name.replaceAll('`', '')}\n      ${meaning}.`);
    }
  });
});
