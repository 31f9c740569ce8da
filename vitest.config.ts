import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** No test asserts speed: these only end what hangs, on a busy machine too. */
const limits = { testTimeout: 60_000, hookTimeout: 60_000, expect: { poll: { timeout: 30_000 } } };

const project = (
  name: string,
  root: string,
  environment = 'node',
  include = ['src/**/*.test.ts', 'test/**/*.test.ts'],
) => ({
  // These leave nothing behind, so a worker takes file after file: half the time.
  test: { name, root, environment, include, isolate: false, ...limits },
});

/** Tests that start programs: each file has a process of its own. */
const apart = (name: string, root: string) => {
  const { test } = project(name, root);
  return { test: { ...test, isolate: true } };
};

/** What signs, verifies, hashes and seals, once more on WebCrypto, as in a runtime without Node's own engine. */
const onWebCrypto = () => {
  const { test } = project('auth-web-crypto', 'packages/auth', 'node', [
    'src/{crypto,tokens,session,resource}/**/*.test.ts',
  ]);
  return {
    test: {
      ...test,
      isolate: true,
      setupFiles: [fileURLToPath(import.meta.resolve('./packages/auth/web-crypto.setup.ts'))],
    },
  };
};

/** Tables and starts that take as long as a hundred other files: `unit` leaves them to `unit:all`. */
const SLOW_AT_THE_PROVIDER = [
  'test/database-growth.test.ts',
  'test/fresh-start.test.ts',
  'test/hostile-values.test.ts',
];

const provider = () => {
  const { test } = project('idp', 'apps/idp');
  return { test: { ...test, exclude: SLOW_AT_THE_PROVIDER } };
};

/** A clone may do without it. */
const explorer = existsSync(new URL('apps/explorer', import.meta.url))
  ? [project('explorer', 'apps/explorer')]
  : [];

export default defineConfig({
  test: {
    reporters: ['default', ['json', { outputFile: 'test-results/unit.json' }]],
    projects: [
      project('auth', 'packages/auth'),
      project('auth-react', 'packages/auth', 'happy-dom', ['src/**/*.test.tsx']),
      onWebCrypto(),
      project('domains', 'packages/domains'),
      project('ui', 'packages/ui', 'node', ['src/**/*.test.ts', 'src/**/*.test.tsx']),
      project('sqlite', 'packages/sqlite'),
      project('site', 'packages/site'),
      provider(),
      project('idp-slow', 'apps/idp', 'node', SLOW_AT_THE_PROVIDER),
      project('shop', 'apps/shop', 'node', ['src/**/*.test.ts', 'src/**/*.test.tsx']),
      project('blog', 'apps/blog', 'node', ['src/**/*.test.ts', 'src/**/*.test.tsx']),
      ...explorer,
      apart('dev', 'dev'),
      apart('workspace', 'lint'),
    ],
  },
});
