import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { root } from './tracked.ts';

const folder = mkdtempSync(join(tmpdir(), 'circles-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the linter says about two files, configured as it is for the repository. */
function lint(first: string, second: string): string {
  writeFileSync(join(folder, 'first.ts'), `${first}\nexport interface First { readonly a: 1 }\n`);
  writeFileSync(join(folder, 'second.ts'), `${second}\nexport interface Second { readonly b: 1 }\n`);
  const oxlint = join(root, 'node_modules', '.bin', 'oxlint');
  return spawnSync(oxlint, ['-c', join(root, '.oxlintrc.json'), '--format', 'unix', folder], {
    encoding: 'utf8',
    cwd: folder,
  }).stdout;
}

describe('an import circle', () => {
  it.each([
    ['of values', `import './second.ts';`, `import './first.ts';`],
    ['of types', `import type { Second } from './second.ts';`, `import type { First } from './first.ts';`],
    [
      'of inline types',
      `import { type Second } from './second.ts';`,
      `import { type First } from './first.ts';`,
    ],
    [
      'of types passed on',
      `export type { Second } from './second.ts';`,
      `import type { First } from './first.ts';`,
    ],
    ['of a value and a type', `import './second.ts';`, `import type { First } from './first.ts';`],
  ])('%s is found', (_what, first, second) => {
    expect(lint(first, second)).toContain('Dependency cycle detected');
  });

  it('is none where only one of two files imports the other', () => {
    expect(lint(`import type { Second } from './second.ts';`, '')).not.toContain('cycle');
  });
});
