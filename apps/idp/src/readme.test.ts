import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { variables } from './env.ts';

describe('the README', () => {
  it('names every variable of the environment, and no other', async () => {
    const text = await readFile(new URL('../README.md', import.meta.url), 'utf8');
    const rows = text.split('\n').filter((line) => line.startsWith('| `'));
    const named = rows.flatMap((row) => row.split('|')[1]?.match(/[A-Z][A-Z_]+/g) ?? []);
    expect(named.toSorted()).toEqual(variables.toSorted());
  });
});
