import { createPerson } from '../support/person.ts';
import { expect, test } from '../fixtures/test.ts';
import { createCookieJar } from '../support/cookie-jar.ts';
import { bytesOf, sendBytes, sendBytesTo, statusOf } from '../support/raw-socket.ts';
import { SESSION } from '../support/sealed-session.ts';
import type { StackInfo } from '../support/shared-stack.ts';
import { signInOverHttp } from '../support/sign-in-over-http.ts';

const CHUNKS = 60;

/** The value in so many cookies, named as frameworks name the parts of one. */
function chunksOf(value: string): string {
  const length = Math.ceil(value.length / CHUNKS);
  const parts = Array.from({ length: CHUNKS }, (_, index) =>
    value.slice(index * length, (index + 1) * length),
  );
  return parts.map((part, index) => `${SESSION}.${index}=${part}`).join('; ');
}

/** `Cookie` headers with an ambiguous session; `good` and `other` are sessions of two people. */
const rows: readonly (readonly [string, (good: string, other: string) => string])[] = [
  ['a bad one and a good one', (good) => `${SESSION}=bad; ${SESSION}=${good}`],
  ['a good one and a bad one', (good) => `${SESSION}=${good}; ${SESSION}=bad`],
  ['the same good one twice', (good) => `${SESSION}=${good}; ${SESSION}=${good}`],
  ['good ones of two people', (good, other) => `${SESSION}=${good}; ${SESSION}=${other}`],
  ['a good one and an empty one', (good) => `${SESSION}=${good}; ${SESSION}=`],
  ['a good one among others and a bad one', (good) => `a=1; ${SESSION}=${good}; b=2; ${SESSION}=x; c=3`],
  ['60 chunks', chunksOf],
  [
    '60 chunks without the one in the middle',
    (good) => chunksOf(good).replace(/__Host-session\.30=[^;]*; /, ''),
  ],
  ['4 kB of garbage', () => `${SESSION}=${'g'.repeat(4096)}`],
  ['bytes that are no UTF-8', () => `${SESSION}=\xff\xfe`],
  ['such bytes behind a good one', (good) => `${SESSION}=${good}\xff\xfe`],
  ['a lone %', () => `${SESSION}=%`],
  ['a lone % behind a good one', (good) => `${SESSION}=${good}%`],
  ['an escape that is none', (good) => `${SESSION}=${good}%ZZ`],
  ['a good one in escapes', (good) => `${SESSION}=%${good.charCodeAt(0).toString(16)}${good.slice(1)}`],
  ['a good one in quotes', (good) => `${SESSION}="${good}"`],
  // A sibling host can't set a `__Host-` name, but a name that becomes one in a reader that trims more than HTTP does.
  ['C-03 a space that HTTP does not know before the name', (good) => `a=1; \xa0${SESSION}=${good}`],
  ['C-03 such a space behind the name', (good) => `a=1; ${SESSION}\xa0=${good}`],
  ['another case of the name', (good) => `${SESSION.toUpperCase()}=${good}`],
  ['a name without a value', () => SESSION],
  ['prototype keys', (good) => `__proto__=${good}; constructor=${good}; ${SESSION}=__proto__`],
];

const looks = [
  { what: 'page', path: '/', headers: ['Accept: text/html'] },
  { what: 'router', path: '/session', headers: ['RSC: 1'] },
  { what: 'protected page', path: '/members', headers: ['Accept: text/html'] },
  { what: 'JSON', path: '/auth/session', headers: [] },
] as const;

type Way = (stack: StackInfo, bytes: string) => Promise<string>;

const ways: readonly (readonly [string, Way])[] = [
  ['through Caddy', ({ origins }, bytes) => sendBytesTo(origins.shop, bytes)],
  ['past Caddy', ({ ports }, bytes) => sendBytes(ports.shop, bytes)],
];

async function sessionOf(stack: StackInfo, username: string): Promise<string> {
  const jar = createCookieJar();
  await signInOverHttp(jar, stack, 'shop', username);
  return jar.find(stack.origins.shop, SESSION) ?? '';
}

/** Who is known where, with this `Cookie` header. */
async function lookAround(stack: StackInfo, cookie: string, way: Way) {
  const names = ['ada', 'ben'].map((username) => createPerson(stack, username).name);
  const { host } = new URL(stack.origins.shop);
  return Promise.all(
    looks.map(async ({ what, path, headers }) => {
      const ask = (target: string) =>
        way(stack, bytesOf({ line: `GET ${target}`, host, headers: [...headers, `Cookie: ${cookie}`] }));
      const first = await ask(path);
      // Next sends a router's fetch on to the address with the `_rsc` it wants.
      const wanted = /^location: (\S*[?&]_rsc\S*)/im.exec(first)?.[1];
      const answer = wanted === undefined ? first : await ask(wanted);
      return { what, status: statusOf(answer), knows: names.filter((name) => answer.includes(name)) };
    }),
  );
}

for (const [how, way] of ways) {
  test(`C-02 session cookies that can’t be told open nothing and break nothing, ${how}`, async ({
    stack,
  }) => {
    const [good, other] = await Promise.all([sessionOf(stack, 'ada'), sessionOf(stack, 'ben')]);
    const alone = await lookAround(stack, `${SESSION}=${good}`, way);
    expect(alone).toEqual(looks.map(({ what }) => ({ what, status: 200, knows: ['Ada Marlowe'] })));
    for (const [what, cookie] of rows) {
      const seen = await lookAround(stack, cookie(good, other), way);
      expect(
        seen.filter(({ knows }) => knows.length > 0),
        what,
      ).toEqual([]);
      expect(
        seen.filter(({ status }) => status === 0 || status >= 500),
        what,
      ).toEqual([]);
      expect(seen.find((look) => look.what === 'protected page')?.status, what).toBe(303);
    }
  });
}
