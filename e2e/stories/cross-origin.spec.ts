import { expect, test } from '../fixtures/test.ts';
import { send } from '../support/send.ts';
import type { StackInfo } from '../support/shared-stack.ts';
import { tokensOf } from '../support/tokens.ts';

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
    for (const origin of origins(stack)) {
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
