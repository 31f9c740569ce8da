import { expect, test } from '../fixtures/test.ts';
import { createCookieJar } from '../support/cookie-jar.ts';
import {
  addresses,
  askPast,
  type GuardedPage,
  guardedPages,
  type Headers,
  leaks,
  pastCaddy,
} from '../support/guarded-pages.ts';
import { send } from '../support/send.ts';
import { NAVIGATION, signInOverHttp } from '../support/sign-in-over-http.ts';

const proxyNames = ['proxy', 'src/proxy', 'middleware', 'src/middleware', 'pages/_middleware'];

/** What a router says that it holds of a page already (Next's FlightRouterState), but for what the mark asks for. */
function stateOf(path: string, mark: string): string {
  const names = path.slice(1).split('/');
  const segments = names.map((name, index) => (index === 0 ? name : ['slug', name, 'd', null]));
  const page: unknown = ['__PAGE__', {}, null, mark];
  const tree = segments.reduceRight((children, segment) => [segment, { children }], page);
  return encodeURIComponent(JSON.stringify(['', { children: tree }, null, null]));
}

const headerRows: readonly (readonly [string, Headers])[] = [
  ...proxyNames.flatMap((name): (readonly [string, Headers])[] => [
    [`X-01 x-middleware-subrequest: ${name}`, { 'x-middleware-subrequest': name }],
    [
      `X-01 x-middleware-subrequest: ${name} five times`,
      { 'x-middleware-subrequest': Array(5).fill(name).join(':') },
    ],
  ]),
  ['X-01 x-middleware-rewrite', { 'x-middleware-rewrite': '/members' }],
  ['X-01 x-middleware-next', { 'x-middleware-next': '1' }],
  [
    'X-01 x-middleware-override-headers',
    { 'x-middleware-override-headers': 'cookie', 'x-middleware-request-cookie': '__Host-session=x' },
  ],
  ['X-01 x-middleware-set-cookie', { 'x-middleware-set-cookie': '__Host-session=x' }],
  ['X-01 x-nextjs-data', { 'x-nextjs-data': '1' }],
  ['X-01 x-nextjs-rewritten-path', { 'x-nextjs-rewritten-path': '/members' }],
  ['X-01 rsc', { rsc: '1' }],
  ['X-01 a prefetch', { rsc: '1', 'next-router-prefetch': '1' }],
  [
    'X-01 a segment prefetch',
    { rsc: '1', 'next-router-prefetch': '1', 'next-router-segment-prefetch': '/_tree' },
  ],
  ['X-01 the page segment', { rsc: '1', 'next-router-segment-prefetch': '/members/__PAGE__' }],
  ['X-01 the marker that says that nothing is due', { cookie: '__Host-fresh=1' }],
  ['X-10 x-user', { 'x-user': 'ada', 'x-user-id': 'ada', 'x-auth-user': 'ada' }],
  ['X-10 remote_user', { 'remote-user': 'ada', remote_user: 'ada', 'x-remote-user': 'ada' }],
  ['X-10 x-session-sub', { 'x-session-sub': 'ada', 'x-session': '{"sub":"ada"}' }],
  ['X-10 x-forwarded-user', { 'x-forwarded-user': 'ada', 'x-forwarded-email': 'ada@example.com' }],
  [
    'X-10 a Bearer token where a session is wanted',
    { authorization: 'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZGEifQ.' },
  ],
];

test.describe('signed out, past Caddy, no protected page answers with', () => {
  for (const [what, headers] of headerRows) {
    test(what, async ({ stack }) => {
      expect(await leaks(stack, [headers, { ...NAVIGATION, ...headers }])).toEqual([]);
    });
  }
});

const askingFor =
  (mark: string) =>
  ({ path }: GuardedPage): Headers => ({ rsc: '1', 'next-router-state-tree': stateOf(path, mark) });

test.describe('signed out, past Caddy, no protected page answers a router that', () => {
  for (const mark of ['refetch', 'inside-shared-layout', 'metadata-only']) {
    test(`X-01 has all of it but what it marks as ${mark}`, async ({ stack }) => {
      expect(await leaks(stack, [askingFor(mark)])).toEqual([]);
    });
  }
});

test.describe('signed out, past Caddy, no protected page answers at', () => {
  for (const [what, rewrite] of addresses) {
    test(what, async ({ stack }) => {
      expect(await leaks(stack, [{}, NAVIGATION, { rsc: '1' }], rewrite)).toEqual([]);
    });
  }
});

test.describe('the same pages, past Caddy, as those who may see them', () => {
  for (const page of guardedPages) {
    test(`X-01 X-02 the ${page.site}’s ${page.path} holds what signed-out answers are searched for`, async ({
      stack,
    }) => {
      const jar = createCookieJar();
      await signInOverHttp(jar, stack, page.site, page.username);
      const cookie = jar.header(stack.origins[page.site]);
      for (const headers of [{}, NAVIGATION, { rsc: '1' }]) {
        const answer = await askPast(stack, page, page.path, { headers: { ...headers, cookie } });
        expect(answer.status).toBe(200);
        expect(await answer.text()).toMatch(page.secret);
      }
    });
  }
});

/** Addresses of one page that name another in the framework's own parameters (CVE-2026-44574). */
const crossed = [
  { site: 'shop', username: 'ada', path: '/products/star-atlas', shows: 'Star Atlas', other: 'red-headlamp' },
  {
    site: 'blog',
    username: 'mira',
    path: '/notes/ten-by-fifty',
    shows: 'Ten by fifty',
    other: 'drawing-jupiter',
  },
] as const;

test.describe('X-03 the same answer as the plain path, signed in or not:', () => {
  for (const { site, username, path, shows, other } of crossed) {
    test(`the framework’s parameters make no other page of ${path}`, async ({ stack }) => {
      const jar = createCookieJar();
      await signInOverHttp(jar, stack, site, username);
      const queries = ['', `?nxtPslug=${other}`, `?nxtIslug=${other}`, `?slug=${other}&nxtPslug=${other}`];
      for (const cookie of ['', jar.header(stack.origins[site])]) {
        for (const query of queries) {
          const outgoing = { headers: { accept: 'text/html', cookie }, path: path + query };
          const answer = await send(pastCaddy(stack, site), outgoing);
          expect(answer.status, query).toBe(200);
          expect(titleOf(await answer.text()), query).toContain(shows);
        }
      }
    });
  }

  test('query parameters of the framework change no page', async ({ stack }) => {
    for (const path of ['/members', '/members?nxtPslug=x&__nextDefaultLocale=en']) {
      const answer = await send(pastCaddy(stack, 'shop'), { path, headers: { accept: 'text/html' } });
      expect(answer.status).toBe(303);
      expect(answer.headers.get('location')).toContain('/auth/login?');
    }
  });
});

const titleOf = (page: string) => /<title>([^<]*)/.exec(page)?.[1] ?? '';
