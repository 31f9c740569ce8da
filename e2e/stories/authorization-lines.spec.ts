import { expect, test } from '../fixtures/test.ts';
import { bytesOf, sendBytesTo, statusOf } from '../support/raw-socket.ts';
import { tokensOf } from '../support/tokens.ts';

const JUNK = 'Authorization: Bearer junk';

const rows: readonly (readonly [string, (valid: string) => readonly string[]])[] = [
  ['a good token and junk', (valid) => [valid, JUNK]],
  ['junk and a good token', (valid) => [JUNK, valid]],
  ['the same good token twice', (valid) => [valid, valid]],
  ['a good token and a password', (valid) => [valid, 'authorization: Basic YWRhOng=']],
  ['a good token and an empty line', (valid) => [valid, 'Authorization:']],
  ['two tokens in one line', (valid) => [`${valid}, Bearer junk`]],
];

const apis = [
  { site: 'shop', path: '/api/products' },
  { site: 'blog', path: '/api/posts' },
] as const;

for (const { site, path } of apis) {
  test(`T-32 the ${site}’s API takes one Authorization line and refuses to choose among several`, async ({
    stack,
  }) => {
    const origin = stack.origins[site];
    const { access_token } = await tokensOf(stack, site, 'ada');
    const valid = `Authorization: Bearer ${access_token}`;
    const ask = async (headers: readonly string[]) =>
      statusOf(
        await sendBytesTo(origin, bytesOf({ line: `GET ${path}`, host: new URL(origin).host, headers })),
      );

    expect(await ask([valid])).toBe(200);
    const answers = await Promise.all(rows.map(([, lines]) => ask(lines(valid))));
    expect(answers.map((status, row) => `${rows[row]?.[0]}: ${status}`)).toEqual(
      rows.map(([what]) => `${what}: 400`),
    );
  });
}
