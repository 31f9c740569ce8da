import { expect, test } from '../fixtures/test.ts';
import { send } from '../support/send.ts';
import type { StackInfo } from '../support/shared-stack.ts';
import { tokensOf } from '../support/tokens.ts';

/** The blog's pages may ask the shop's products API, by tokens that are bound to a key of the page (decision 0040). */
const isRegistered = (path: string, origin: string, { origins: { blog } }: StackInfo) =>
  path.startsWith('/api/products') && origin === blog;

const origins = ({ origins: { shop, blog, idp } }: StackInfo): readonly string[] => [
  'https://attacker.example',
  'null',
  `${shop}.attacker.example`,
  shop.replace('//', '//attacker.'),
  shop.replace('https:', 'http:'),
  shop.toUpperCase(),
  blog,
  idp,
];

const readable = [
  { site: 'shop', path: '/api/products' },
  { site: 'shop', path: '/api/products/red-headlamp' },
  { site: 'blog', path: '/api/posts' },
  { site: 'blog', path: '/api/posts/ten-by-fifty' },
  { site: 'shop', path: '/auth/session' },
  { site: 'blog', path: '/auth/session' },
] as const;

/** What would let a page of another site read an answer. */
const permissions = ({ headers }: Response) =>
  [...headers.keys()].filter((name) => name.startsWith('access-control-'));

for (const { site, path } of readable) {
  test(`X-13 ${path} of the ${site} lets no page of another origin read it`, async ({ stack }) => {
    const { access_token } = await tokensOf(stack, site, 'ada');
    const authorization = `Bearer ${access_token}`;
    for (const origin of origins(stack).filter((one) => !isRegistered(path, one, stack))) {
      const requests = [
        { headers: { origin, authorization } },
        { headers: { origin } },
        {
          method: 'OPTIONS',
          headers: {
            origin,
            'access-control-request-method': 'GET',
            'access-control-request-headers': 'authorization',
          },
        },
      ];
      for (const request of requests) {
        const answer = await send(stack.origins[site] + path, request);
        expect(permissions(answer), origin).toEqual([]);
        // The token decides, so a server of another origin may send it.
        if ('authorization' in request.headers) expect(answer.status, origin).toBe(200);
      }
    }
  });
}

test('X-13 D-06 the shop lets the blog’s pages ask its products API, without cookies, and those alone', async ({
  stack,
}) => {
  const { shop, blog } = stack.origins;
  const asked = {
    'access-control-request-method': 'GET',
    'access-control-request-headers': 'authorization,dpop',
  };
  for (const path of ['/api/products', '/api/products/red-headlamp']) {
    const preflight = await send(shop + path, { method: 'OPTIONS', headers: { origin: blog, ...asked } });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe(blog);
    expect(preflight.headers.get('access-control-allow-headers')).toContain('DPoP');
    expect(preflight.headers.has('access-control-allow-credentials')).toBe(false);
    const refusal = await send(shop + path, { headers: { origin: blog } });
    expect(refusal.status).toBe(401);
    expect(refusal.headers.get('www-authenticate')).toMatch(/^Bearer .*, DPoP .*algs="ES256 /);
    expect(refusal.headers.get('access-control-allow-origin')).toBe(blog);
    expect(refusal.headers.get('dpop-nonce')).toMatch(/^[\w-]{43}$/);
  }
});
