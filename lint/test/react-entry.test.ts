import { fileURLToPath } from 'node:url';
import { relative } from 'node:path';
import { type OutputChunk, rolldown } from 'rolldown';
import { describe, expect, it } from 'vitest';

const auth = fileURLToPath(new URL('../../packages/auth/src', import.meta.url));

/** What a browser would load for an entry of packages/auth, or for these parts of it, minified; at once, then later. */
async function chunksOf(entry: string, parts = '*') {
  const build = await rolldown({
    input: 'page',
    external: /^(react|next)/,
    platform: 'browser',
    plugins: [
      {
        name: 'page',
        resolveId: (id) => (id === 'page' ? id : undefined),
        load: (id) => (id === 'page' ? `export ${parts} from '${auth}/${entry}/index.ts';` : undefined),
      },
    ],
    // Directives are for Next's own bundler, which keeps them.
    logLevel: 'silent',
  });
  const { output } = await build.generate({ minify: true });
  await build.close();
  const [now, ...rest] = output;
  return { now, later: rest.filter((chunk) => chunk.type === 'chunk') };
}

const bundle = async (entry: string, parts?: string) => (await chunksOf(entry, parts)).now;

const roomsOf = (chunk: OutputChunk) =>
  new Set(chunk.moduleIds.filter((id) => id !== 'page').map((id) => relative(auth, id).split('/')[0] ?? ''));

describe('what browsers load of packages/auth', () => {
  it('is the React parts and the paths they know: no other room, no dependency', async () => {
    const chunk = await bundle('react');
    expect(roomsOf(chunk)).toEqual(new Set(['react', 'wire']));
    expect(new Set(chunk.imports)).toEqual(new Set(['react', 'react/jsx-runtime']));
  });

  it.each(['client_secret', 'code_verifier', 'refresh_token', '__Host-', 'A256GCM', 'BEGIN '])(
    'G19 C-09 does not know %j, which only a server handles',
    async (word) => expect((await bundle('react')).code).not.toContain(word),
  );

  it('weighs less than 4.5 kB, and less than 6.5 kB on a page whose form keeps what was typed', async () => {
    const everyPage = await bundle('react', '{ SessionProvider, useSession, SignInLink, SignOutForm, Can }');
    expect(everyPage.code.length).toBeLessThan(4608);
    const all = 'SessionProvider, useSession, SignInLink, SignOutForm, SignedIn, SignedOut, Can, KeptForm';
    expect((await bundle('react', `{ ${all} }`)).code.length).toBeLessThan(6656);
  });

  it('loads what holds the event stream for people who are signed in, in less than 2 kB', async () => {
    const { later } = await chunksOf('react');
    expect(later.map(({ name }) => name)).toEqual(['follow-events']);
    expect(later.map(roomsOf)).toEqual([new Set(['react'])]);
    expect(later.flatMap(({ imports }) => imports)).toEqual([]);
    expect(later[0]?.code.length).toBeLessThan(2048);
  });

  it('is, of the entry that calls other sites’ APIs, itself and the paths: in less than 3.5 kB', async () => {
    const chunk = await bundle('browser');
    expect(roomsOf(chunk)).toEqual(new Set(['browser', 'wire']));
    expect(chunk.imports).toEqual([]);
    expect(chunk.code.length).toBeLessThan(3584);
  });

  it('G19 C-09 keeps key and token of that entry nowhere but in memory', async () => {
    const { code } = await bundle('browser');
    for (const place of ['localStorage', 'sessionStorage', 'indexedDB', 'document.cookie', 'postMessage'])
      expect(code).not.toContain(place);
  });

  it('would be noticed otherwise: the server’s entry pulls in jose and oauth4webapi', async () => {
    const chunk = await bundle('client');
    expect(chunk.moduleIds.some((id) => id.includes('/jose/'))).toBe(true);
    expect(chunk.moduleIds.some((id) => id.includes('/oauth4webapi/'))).toBe(true);
    expect(chunk.code).toContain('refresh_token');
  });
});
