import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DatabaseContent, openDatabaseContent } from '../test/database-content.ts';
import { situations, type Visit } from '../test/head-situations.ts';
import { ISSUER } from '../test/registrations.ts';
import { OPEN_TO_STRANGERS } from '../test/strangers.ts';
import { openTestProvider, type TestProvider } from '../test/test-provider.ts';
import { hasPostgres, startPostgres, type ThrowawayPostgres } from '../test/throwaway-postgres.ts';
import { createApp } from './app.ts';
import { loadStylesheet } from './interaction/stylesheet.ts';

/** Every route that a GET reaches, as the provider itself lists them. */
async function listGetRoutes(): Promise<string[]> {
  await using idp = await openTestProvider();
  const { routes } = createApp(idp.provider, loadStylesheet());
  return [...new Set(routes.flatMap(({ method, path }) => (method === 'GET' ? [path] : [])))];
}

const getRoutes = await listGetRoutes();

const rows = getRoutes.flatMap((route) => [
  [
    route,
    'by a stranger',
    async (idp: TestProvider) => ({ browser: idp.browser(), path: route.replace(':id', 'x') }),
  ] as const,
  ...(situations[route] ?? []).map(([what, open]) => [route, what, open] as const),
]);

/** The headers that say what a body is. */
const described = ({ headers }: Response) =>
  ['content-type', 'cache-control', 'www-authenticate'].map((name) => headers.get(name));

it('every situation is one of a route that exists', () => {
  expect(Object.keys(situations).filter((route) => !getRoutes.includes(route))).toEqual([]);
  expect(getRoutes.length).toBeGreaterThan(20);
});

describe('on SQLite', () => {
  let folder: string;
  describeHead(async () => {
    folder = await mkdtemp(join(tmpdir(), 'idp-head-'));
    return `file:${join(folder, 'idp.sqlite')}`;
  });
  afterAll(() => rm(folder, { recursive: true }));
});

describe.skipIf(!hasPostgres)('on PostgreSQL', () => {
  let server: ThrowawayPostgres;
  describeHead(async () => {
    server = await startPostgres();
    return server.url;
  });
  afterAll(() => server[Symbol.asyncDispose]());
});

function describeHead(openUrl: () => Promise<string>): void {
  let idp: TestProvider;
  let content: DatabaseContent;
  beforeAll(async () => {
    const url = await openUrl();
    idp = await openTestProvider({ DATABASE_URL: url, ...OPEN_TO_STRANGERS });
    content = openDatabaseContent(url);
  });
  afterAll(async () => {
    await content.close();
    await idp[Symbol.asyncDispose]();
  });

  const ask = (method: string, { browser, path, headers }: Visit) => {
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    return idp.fetch(new Request(ISSUER + path, { method, headers: { cookie, ...headers } }));
  };

  it.each(rows)('X-14 HEAD %s %s answers as GET does and changes nothing', async (_route, _what, open) => {
    const visit = await open(idp);
    const [before, told] = [await content.read(), idp.events.length];
    const head = await ask('HEAD', visit);
    expect(await head.text()).toBe('');
    expect(await content.read()).toEqual(before);
    expect(idp.events.slice(told)).toEqual([]);
    expect(head.headers.getSetCookie()).toEqual([]);
    expect(head.headers.get('location') ?? '').not.toMatch(/[?&]code=/);
    const get = await ask('GET', visit);
    expect([head.status, ...described(head)]).toEqual([get.status, ...described(get)]);
  });

  it('X-14 HEAD leads on where GET invents no address', async () => {
    const visit = { browser: idp.browser(), path: '/' };
    expect((await ask('HEAD', visit)).headers.get('location')).toBe(`${ISSUER}/account`);
  });
}
