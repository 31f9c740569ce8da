import { describe, expect, it } from 'vitest';
import { filesNamed, readTracked, trackedFiles } from './tracked.ts';

/** An id as the rows have it: a letter, a hyphen and two digits, or G and a number. `ES256` and `P-256` are none. */
const ID = /(?<![\w#/-])(?:[A-Z]-\d{2}|G\d{1,2})(?![\w-])/g;
const TEXT = /(\.(tsx?|mjs|js|css|md|ya?ml)|\/Caddyfile|^Caddyfile)$/;

const isCatalogue = (file: string) => /^docs\/threats[./]/.test(file);
const isOurs = (file: string) =>
  TEXT.test(file) && file !== 'pnpm-lock.yaml' && file !== 'lint/test/threats.test.ts';

interface Row {
  readonly id: string;
  readonly document: string;
  readonly cells: readonly string[];
}

const rows = trackedFiles
  .filter((file) => /^docs\/threats\/[\w-]+\.md$/.test(file))
  .flatMap((document) =>
    readTracked(document)
      .split('\n')
      .flatMap((line) => rowOf(line, document)),
  );

function rowOf(line: string, document: string): readonly Row[] {
  const [, id, ...cells] = line
    .split(' | ')
    .flatMap((cell) => cell.split(/^\| /))
    .map((cell) => cell.trim());
  return id !== undefined && new RegExp(`^${ID.source}$`).test(id) ? [{ id, document, cells }] : [];
}

/** Id → the files that carry it. */
const uses = new Map<string, Set<string>>();
for (const file of trackedFiles.filter((one) => isOurs(one) && !isCatalogue(one))) {
  for (const [id] of readTracked(file).matchAll(ID)) uses.set(id, (uses.get(id) ?? new Set()).add(file));
}

function namesIn(cell: string | undefined): readonly string[] {
  return [...(cell ?? '').matchAll(/`([^`]+\.(?:tsx?|mjs)|Caddyfile)`/g)].map(([, name = '']) => name);
}

describe('docs/threats', () => {
  it('has one row for each id that anything here carries, and none for another', () => {
    expect(rows.map(({ id }) => id).toSorted()).toEqual([...uses.keys()].toSorted());
  });

  it('leaves no comment that is an id and no sentence', () => {
    const bare = new RegExp(String.raw`^\s*(?:/\*\*|//) ${ID.source}(?: \([^)]*\))?\s*(?:\*/)?$`, 'm');
    expect(trackedFiles.filter((file) => isOurs(file) && bare.test(readTracked(file)))).toEqual([]);
  });

  it.each(rows)('$id says what is tried and what stops it, by files that exist', ({ cells }) => {
    const [tried = '', stops = ''] = cells;
    expect(tried.length).toBeGreaterThan(0);
    expect(stops.length).toBeGreaterThan(0);
    expect(namesIn(stops).filter((name) => filesNamed(name).length !== 1)).toEqual([]);
  });

  it.each(rows)('$id names a test or more, all of which carry it', ({ id, cells }) => {
    const tests = namesIn(cells[2]);
    const carry = (name: string) => filesNamed(name).filter((file) => uses.get(id)?.has(file));
    expect(tests.length).toBeGreaterThan(0);
    expect(tests.filter((name) => filesNamed(name).length !== 1 || carry(name).length !== 1)).toEqual([]);
  });
});
