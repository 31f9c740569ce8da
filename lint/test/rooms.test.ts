import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A wrong import, the file it stands in, and what the linter must say. */
const planted = [
  ['packages/auth/src/tokens/planted.ts', `import '../client/paths.ts';`, 'tokens must not import client'],
  ['packages/auth/src/client/planted.ts', `import '../next/index.ts';`, 'client must not import next'],
  ['packages/auth/src/react/planted.ts', `import '../session/index.ts';`, 'react must not import session'],
  ['packages/auth/src/session/planted.ts', `import '@sso/domains';`, 'imports nothing of the workspace'],
  ['packages/auth/src/tokens/planted-node.ts', `import 'node:fs';`, 'imports nothing of the workspace'],
  ['packages/domains/src/planted.ts', `import 'next';`, 'pure data'],
  ['packages/site/src/pages/planted.ts', `import '../database/index.ts';`, 'pages must not import database'],
  ['apps/shop/src/planted.ts', `import '@sso/explorer';`, 'a site meets the others on the wire only'],
  ['apps/explorer/src/page/planted.ts', `import '../sources/people.ts';`, 'page must not import sources'],
  ['packages/site/src/http/planted.ts', `import '@sso/shop';`, 'packages/site knows no site'],
  ['packages/sqlite/src/planted.ts', `import '@sso/site/database';`, 'packages/sqlite knows no table'],
  ['packages/ui/src/planted.ts', `import '@sso/site/pages';`, 'packages/ui depends on react only'],
  [
    'apps/idp/src/protocol/planted.ts',
    `import '../interaction/sign-in.ts';`,
    'protocol must not import interaction',
  ],
  ['apps/idp/src/store/planted.ts', `import '../protocol/discovery.ts';`, 'store must not import protocol'],
  ['apps/idp/src/identity/planted.ts', `import '../env.ts';`, 'wiring happens in the hall'],
  ['apps/idp/src/planted.ts', `import '@sso/domains';`, 'the provider runs alone'],
  ['apps/idp/src/planted-site.ts', `import '@sso/site/http';`, 'the provider runs alone'],
  ['dev/src/caddy/planted.ts', `import '../stack/stack.ts';`, 'caddy must not import stack'],
  ['dev/src/system/planted.ts', `import '../display/screen.ts';`, 'system must not import display'],
  ['e2e/support/planted.ts', `import '../fixtures/test.ts';`, 'support must not import fixtures'],
  ['apps/shop/src/planted.ts', `import '@sso/blog';`, 'a site meets the others on the wire only'],
] as const;

let folder = '';
let output = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rooms-'));
  for (const [file, line] of planted) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), `${line}\nexport {};\n`);
  }
  writeFileSync(
    join(folder, '.oxlintrc.json'),
    JSON.stringify({
      jsPlugins: [join(root, 'lint', 'rooms.js')],
      rules: { 'rooms/one-way': 'error', 'rooms/closed-box': 'error' },
    }),
  );
  const oxlint = join(root, 'node_modules', '.bin', 'oxlint');
  const run = spawnSync(oxlint, ['-c', join(folder, '.oxlintrc.json'), '--format', 'unix', folder], {
    encoding: 'utf8',
    cwd: folder,
  });
  output = run.stdout + run.stderr;
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the imports between rooms', () => {
  it.each(planted)('%s may not say %s', (file, _line, message) => {
    const said = output.split('\n').filter((line) => line.includes(file));
    expect(said.join('\n')).toContain(message);
  });
});
