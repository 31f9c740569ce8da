import { describe, expect, it } from 'vitest';
import { readTracked, trackedFiles } from './tracked.ts';

/** What goes to production: none of it may lean on the explorer. Tests and benchmarks look whether it is there. */
const others = trackedFiles.filter(
  (file) => /^(packages|apps)\//.test(file) && /\.(tsx?|mjs|json|css)$/.test(file),
);

describe('removing apps/explorer changes nothing', () => {
  it('since no other app and no package knows of it, but for its host and port in packages/domains', () => {
    const knowing = others.filter(
      (file) => !file.startsWith('apps/explorer/') && /explorer/i.test(readTracked(file)),
    );
    expect(knowing.toSorted()).toEqual([
      'packages/domains/src/apps.ts',
      'packages/domains/src/index.ts',
      'packages/domains/src/urls.ts',
    ]);
  });

  it('since no package has it as a dependency', () => {
    const manifests = trackedFiles.filter((file) => file.endsWith('package.json'));
    const depending = manifests.filter((file) => /"@sso\/explorer": /.test(readTracked(file)));
    expect(depending).toEqual([]);
  });
});
