import { describe, expect, it } from 'vitest';
import { readTracked, trackedFiles } from './tracked.ts';

const exception =
  /(?:oxlint|eslint)-disable(?:-next-line|-line)?\b(.*)|@ts-(?:expect-error|ignore|nocheck)\b(.*)/;

/** 'path:line: text' of each exception that gives no reason. */
function withoutReason(path: string, text: string): readonly string[] {
  return text.split('\n').flatMap((line, index) => {
    const [, ofLint, ofTypes] = exception.exec(line) ?? [];
    const isExplained = ofLint === undefined ? /\w \w/.test(ofTypes ?? '') : / -- \w/.test(ofLint);
    return (ofLint ?? ofTypes) === undefined || isExplained ? [] : [`${path}:${index + 1}: ${line.trim()}`];
  });
}

const sources = trackedFiles.filter((file) => /\.(ts|tsx|js|mjs)$/.test(file));

describe('an exception from a rule', () => {
  it('says why, wherever it stands', () => {
    const found = sources.flatMap((path) => withoutReason(path, readTracked(path)));
    expect(found).toEqual([]);
  });

  it.each([
    ['oxlint-', 'disable-next-line no-await-in-loop', false],
    ['oxlint-', 'disable-next-line no-await-in-loop -- one page after the other', true],
    ['oxlint-', 'disable no-await-in-loop --', false],
    ['@ts-', 'expect-error', false],
    ['@ts-', 'expect-error a permission of another API', true],
  ])('%s%s: explained is %s', (start, rest, isExplained) => {
    expect(withoutReason('x.ts', `// ${start}${rest}`)).toHaveLength(isExplained ? 0 : 1);
  });
});
