import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const docs = join(root, 'docs');

/** Number of a pain → the test files that docs/pains.md names for it, from the root. */
const listed = new Map(
  readFileSync(join(docs, 'pains.md'), 'utf8')
    .split(/^## (?=\d)/m)
    .slice(1)
    .map((section) => [Number.parseInt(section, 10), linksOf(section)]),
);

function linksOf(section: string): readonly string[] {
  return [...section.matchAll(/\]\((\.\.\/[^)]+)\)/g)].map(([, link = '']) =>
    resolve(docs, link).slice(root.length),
  );
}

/** The same as the tests' own names say it. */
const named = new Map<number, Set<string>>();
const files = execFileSync('git', ['ls-files', '*.test.ts', '*.test.tsx', '*.spec.ts'], {
  cwd: root,
  encoding: 'utf8',
});
for (const file of files.trim().split('\n')) {
  for (const pain of painsIn(readFileSync(join(root, file), 'utf8')))
    named.set(pain, (named.get(pain) ?? new Set()).add(file));
}

/** Numbers in quoted names; one may carry several. */
function painsIn(text: string): readonly number[] {
  const names = text.match(/(['"`])(?:(?!\1).)*\bpain \d+\b(?:(?!\1).)*\1/g) ?? [];
  return names.flatMap((name) => [...name.matchAll(/\bpain (\d+)\b/g)].map(([, pain]) => Number(pain)));
}

describe('docs/pains.md', () => {
  it('has a test for each pain that it says is ended', () => {
    expect([...listed.keys()]).toEqual([1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20]);
  });

  it.each([...listed])('pain %i names the tests that carry its number, and no other', (pain, links) => {
    expect(links.length).toBeGreaterThan(0);
    expect(links.toSorted()).toEqual([...(named.get(pain) ?? [])].toSorted());
  });
});
