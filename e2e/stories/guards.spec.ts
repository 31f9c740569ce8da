import { expect, test } from '../fixtures/test.ts';
import { type Outgoing, send } from '../support/send.ts';
import type { EstateFacts } from '../support/shared-estate.ts';
import { NAVIGATION } from '../support/sign-in-over-http.ts';

type Headers = Readonly<Record<string, string>>;

/** Pages that open to nobody who is not signed in, and words that only they show. */
const guarded = [
  { site: 'shop', path: '/members', secret: 'Your prices, side by side' },
  { site: 'shop', path: '/session', secret: 'knows about you, and why' },
  { site: 'blog', path: '/drafts', secret: 'Not out yet' },
  { site: 'blog', path: '/session', secret: 'knows about you, and why' },
] as const;

const SECRETS = guarded.map(({ secret }) => secret);

/** Straight to the app's own port, past Caddy, which would take many of these headers away. */
const past = (estate: EstateFacts, site: 'shop' | 'blog', path: string, outgoing: Outgoing = {}) =>
  send(`http://127.0.0.1:${estate.ports[site]}`, { ...outgoing, path });

async function expectNothing(response: Response): Promise<void> {
  expect(response.status).not.toBe(500);
  const text = await response.text();
  for (const secret of SECRETS) expect(text).not.toContain(secret);
}

const proxyNames = ['proxy', 'src/proxy', 'middleware', 'src/middleware', 'pages/_middleware'];

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
  [
    'X-01 a router state',
    {
      rsc: '1',
      'next-router-state-tree': encodeURIComponent(
        '["",{"children":["members",{"children":["__PAGE__",{}]}]},null,null,true]',
      ),
    },
  ],
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
    test(what, async ({ estate }) => {
      const answers = guarded.map(({ site, path }, index) =>
        past(estate, site, path, { headers: { ...(index % 2 ? NAVIGATION : {}), ...headers } }),
      );
      for (const response of await Promise.all(answers)) {
        // oxlint-disable-next-line no-await-in-loop
        await expectNothing(response);
      }
    });
  }
});

const addresses: readonly (readonly [string, (path: string) => string])[] = [
  ['X-02 .rsc', (path) => `${path}.rsc`],
  ['X-02 .rsc with a hash', (path) => `${path}.rsc?_rsc=1abcd`],
  ['X-02 .segments', (path) => `${path}.segments/_tree.segment.rsc`],
  ['X-02 .segments of the page', (path) => `${path}.segments${path}/__PAGE__.segment.rsc`],
  ['X-02 .prefetch.rsc', (path) => `${path}.prefetch.rsc`],
  ['X-02 _rsc', (path) => `${path}?_rsc=1abcd`],
  ['X-02 .txt', (path) => `${path}.txt`],
  ['X-02 index.txt', (path) => `${path}/index.txt?_rsc=1abcd`],
  ['X-03 nxtP', (path) => `${path}?nxtPslug=members&nxtIslug=members`],
  ['X-03 a doubled slash', (path) => `/${path}`],
  ['X-03 a slash inside', (path) => `//${path}//`],
  ['X-03 %2F', (path) => `/%2F${path.slice(1)}`],
  ['X-03 encoded letters', (path) => `/%${path.charCodeAt(1).toString(16)}${path.slice(2)}`],
  ['X-03 a semicolon', (path) => `${path};a=b`],
  ['X-03 a trailing dot', (path) => `${path}.`],
  ['X-03 a trailing slash', (path) => `${path}/`],
  ['X-03 a way round', (path) => `/products/..${path}`],
  ['X-03 an encoded way round', (path) => `/products/%2e%2e${path}`],
  ['X-03 upper case', (path) => path.toUpperCase()],
  ['X-04 a locale', (path) => `/en${path}`],
  ['X-04 a locale with a region', (path) => `/de-AT${path}`],
  ['X-04 _next/data', (path) => `/_next/data/build${path}.json`],
  ['X-04 _next/data with a locale', (path) => `/_next/data/build/en${path}.json`],
];

test.describe('signed out, past Caddy, no protected page answers at', () => {
  for (const [what, rewrite] of addresses) {
    test(what, async ({ estate }) => {
      const kinds: readonly Headers[] = [{}, NAVIGATION, { rsc: '1' }];
      const answers = guarded.flatMap(({ site, path }) =>
        kinds.map((headers) => past(estate, site, rewrite(path), { headers })),
      );
      for (const response of await Promise.all(answers)) {
        // oxlint-disable-next-line no-await-in-loop
        await expectNothing(response);
      }
    });
  }
});

test.describe('X-03 the same answer as the plain path, signed in or not:', () => {
  test('query parameters of the framework change no page', async ({ estate }) => {
    const plain = await past(estate, 'shop', '/members', { headers: { accept: 'text/html' } });
    const odd = await past(estate, 'shop', '/members?nxtPslug=x&__nextDefaultLocale=en', {
      headers: { accept: 'text/html' },
    });
    expect(odd.status).toBe(plain.status);
    expect(new URL(odd.headers.get('location') ?? '', 'http://x').pathname).toBe('/auth/login');
  });
});
