import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import manifest from '../../packages/auth/package.json' with { type: 'json' };

// What a team gets: the tarball installed beside its two dependencies, or the folder `src` in its own code.

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
const auth = join(root, 'packages/auth');
const bin = (name: string) => join(root, 'node_modules/.bin', name);
const folder = mkdtempSync(join(tmpdir(), 'packed-auth-'));
const entries = Object.keys(manifest.exports).map((path) => path.replace(/^\./, '@sso/auth'));

let tarball = '';

beforeAll(async () => {
  await run('npx', ['-y', 'pnpm@12', 'pack', '--pack-destination', folder], { cwd: auth });
  tarball = join(folder, `sso-auth-${manifest.version}.tgz`);
  install(join(folder, 'team'));
  await run('tar', ['xzf', tarball, '-C', folder]);
  mkdirSync(join(folder, 'team/node_modules/@sso'));
  cpSync(join(folder, 'package'), join(folder, 'team/node_modules/@sso/auth'), { recursive: true });
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The dependencies and peers of the package, as somebody's installer would lay them. */
function install(team: string): void {
  for (const name of ['jose', 'oauth4webapi', 'hono', 'next', 'react', '@types/react']) {
    const place = join(team, 'node_modules', name);
    mkdirSync(dirname(place), { recursive: true });
    symlinkSync(join(auth, 'node_modules', name), place);
  }
  writeFileSync(join(team, 'package.json'), JSON.stringify({ name: 'team', type: 'module', private: true }));
}

/** Type-checks one file of the team's; what the compiler says. */
async function check(team: string, source: string, compilerOptions: object): Promise<string> {
  const base = { strict: true, noEmit: true, skipLibCheck: true, target: 'es2024', jsx: 'react-jsx' };
  const lib = ['es2024', 'dom', 'dom.iterable'];
  writeFileSync(join(team, 'app.ts'), source);
  writeFileSync(
    join(team, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: { ...base, lib, types: [], ...compilerOptions }, files: ['app.ts'] }),
  );
  const { stdout } = await run(bin('tsc'), ['-p', team]).catch((error: { stdout: string }) => error);
  return stdout;
}

const app = (from: (entry: string) => string) => `
import { defineAccess } from '${from('access')}';
import { createNextAuth } from '${from('next')}';
import { createResourceServer } from '${from('resource')}';
import { createRelyingParty } from '${from('client')}';
import { createTestIssuer } from '${from('testing')}';
const access = defineAccess({
  audiences: { 'https://api.example': { title: 'API', permissions: { 'things.read': 'Read things' } } },
  roles: {},
});
const audience = 'https://api.example';
const api = createResourceServer({ issuer: 'https://id.example', audience, access });
export const GET = api.guard((_request, token) => Response.json({ sub: token.sub }), { permission: 'things.read' });
// @ts-expect-error -- a permission that the contract does not define
export const POST = api.guard(() => new Response(), { permission: 'things.raed' });
export const auth = createNextAuth(() => ({
  issuer: 'https://id.example', clientId: 'team', baseUrl: 'https://team.example', audience, access, sessionKeys: [],
}));
export const may = async () => (await auth.auth())?.can('things.read');
export const site = createRelyingParty({ issuer: 'https://id.example', clientId: 'team', baseUrl: 'https://team.example', sessionKeys: [] });
export const issuer = createTestIssuer();
`;

const isSource = (path: string) => !/\.test\.tsx?$/.test(path);

const withoutNext = (source: typeof app) => (from: (entry: string) => string) =>
  source(from)
    .replace(/import \{ createNextAuth.*\n/, '')
    .replace(/export const auth = [^]*?\}\)\);\n.*\n/, '');

describe('packages/auth, packed', () => {
  it('publishes each entry that the workspace has, and no other', () => {
    const { './package.json': _own, ...published } = manifest.publishConfig.exports;
    const expected = Object.fromEntries(
      Object.entries(manifest.exports).map(([entry, source]) => {
        const built = source.replace('./src/', './dist/');
        return [entry, { types: built.replace('.ts', '.d.ts'), default: built.replace('.ts', '.js') }];
      }),
    );
    expect(published).toEqual(expected);
  });

  it('holds no test, and asks for plain versions', async () => {
    const { stdout: files } = await run('tar', ['tzf', tarball]);
    expect(files.split('\n').filter((file) => /\.test\./.test(file))).toEqual([]);
    const packed = readFileSync(join(folder, 'package/package.json'), 'utf8');
    expect(packed).not.toMatch(/catalog:|workspace:/);
    expect(Object.keys(manifest.dependencies)).toEqual(['jose', 'oauth4webapi']);
  });

  it('is clean to publint', async () => {
    const { stdout } = await run(bin('publint'), ['run', tarball, '--strict']);
    expect(stdout).toContain('All good!');
  });

  it('resolves with its types however it is imported (attw)', async () => {
    await expect(
      run(bin('attw'), [tarball, '--profile', 'esm-only', '--no-emoji', '--no-color']),
    ).resolves.toBeDefined();
  }, 30_000);

  it.each(entries)('%s runs as it is installed', async (entry) => {
    const script = `console.log(Object.keys(await import('${entry}')).length > 0)`;
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script], {
      cwd: join(folder, 'team'),
    });
    expect(stdout.trim()).toBe('true');
  });

  it.each([
    ['nodenext', { module: 'nodenext' }],
    ['a bundler', { module: 'esnext', moduleResolution: 'bundler' }],
  ])(
    'type-checks a team’s site under %s',
    async (_what, options) => {
      expect(
        await check(
          join(folder, 'team'),
          app((entry) => `@sso/auth/${entry}`),
          options,
        ),
      ).toBe('');
    },
    30_000,
  );
});

describe('packages/auth, copied', () => {
  // Next has no exports map, so only a bundler finds its parts by the names that it wants.
  it.each([
    ['a bundler', { module: 'esnext', moduleResolution: 'bundler' }, app],
    ['nodenext, but for Next', { module: 'nodenext' }, withoutNext(app)],
  ])(
    'its src compiles inside a team’s own code under %s',
    async (_what, options, source) => {
      const team = join(folder, `copied-${options.module}`);
      install(team);
      cpSync(join(auth, 'src'), join(team, 'auth'), { recursive: true, filter: isSource });
      const text = source((entry) => `./auth/${entry}/index.ts`);
      expect(await check(team, text, { ...options, allowImportingTsExtensions: true })).toBe('');
    },
    30_000,
  );
});
