import { type Outgoing, send } from './send.ts';
import type { StackInfo } from './shared-stack.ts';

export type Headers = Readonly<Record<string, string>>;

/** A page, or a part of one, for signed-in people only. */
export interface GuardedPage {
  readonly site: 'shop' | 'blog';
  readonly path: string;
  /** Who may see it. */
  readonly username: string;
  /** What only they are shown, in HTML and in the router's payloads alike. */
  readonly secret: RegExp;
  /** What a signed-out document is answered with. */
  readonly closed: readonly number[];
}

const TO_LOGIN = [303, 307];

export const guardedPages: readonly GuardedPage[] = [
  { site: 'shop', path: '/members', username: 'ada', secret: /Your prices, side by side/, closed: TO_LOGIN },
  {
    site: 'shop',
    path: '/orders',
    username: 'ada',
    secret: /What you have ordered|Nothing ordered yet/,
    closed: TO_LOGIN,
  },
  { site: 'shop', path: '/support', username: 'sol', secret: /Everybody’s orders/, closed: TO_LOGIN },
  { site: 'shop', path: '/session', username: 'ada', secret: /knows about you, and why/, closed: TO_LOGIN },
  { site: 'blog', path: '/drafts', username: 'mira', secret: /Not out yet/, closed: TO_LOGIN },
  { site: 'blog', path: '/drafts/new', username: 'noor', secret: /It begins as a draft/, closed: TO_LOGIN },
  {
    site: 'blog',
    path: '/ways',
    username: 'ada',
    secret: /asks Nightfield for you|How this site asks/,
    closed: TO_LOGIN,
  },
  {
    site: 'blog',
    path: '/support',
    username: 'sol',
    secret: /orders, from here/,
    closed: TO_LOGIN,
  },
  { site: 'blog', path: '/session', username: 'mira', secret: /knows about you, and why/, closed: TO_LOGIN },
  // Public, but for the price of members.
  {
    site: 'shop',
    path: '/products/red-headlamp',
    username: 'ada',
    secret: /Member price(?!s)/,
    closed: [200, ...TO_LOGIN],
  },
  // A draft: everybody else gets 404.
  {
    site: 'blog',
    path: '/notes/drawing-jupiter',
    username: 'mira',
    secret: /before it turns away/,
    closed: [404, ...TO_LOGIN],
  },
];

type Rewrite = (path: string) => string;

const encodeAt = (path: string, index: number): string =>
  `${path.slice(0, index)}%${path.charCodeAt(index).toString(16)}${path.slice(index + 1)}`;

/** Other ways to write a page's address. */
export const addresses: readonly (readonly [string, Rewrite])[] = [
  ['X-02 .rsc', (path) => `${path}.rsc`],
  ['X-02 .rsc with a hash', (path) => `${path}.rsc?_rsc=1abcd`],
  ['X-02 .segments', (path) => `${path}.segments/_tree.segment.rsc`],
  ['X-02 .segments of the page', (path) => `${path}.segments${path}/__PAGE__.segment.rsc`],
  ['X-02 .prefetch.rsc', (path) => `${path}.prefetch.rsc`],
  ['X-02 _rsc', (path) => `${path}?_rsc=1abcd`],
  ['X-02 .txt', (path) => `${path}.txt`],
  ['X-02 index.txt', (path) => `${path}/index.txt?_rsc=1abcd`],
  ['X-03 nxtP', (path) => `${path}?nxtPslug=members&nxtIslug=members`],
  ['X-03 nxtP that repeats the path', (path) => `${path}?nxtPslug=${path.split('/').at(-1)}`],
  ['X-03 a doubled slash', (path) => `/${path}`],
  ['X-03 a slash inside', (path) => `//${path}//`],
  ['X-03 doubled slashes between segments', (path) => path.replaceAll(/\//g, '//')],
  ['X-03 %2F', (path) => `/%2F${path.slice(1)}`],
  ['X-03 %2F at the end', (path) => `${path}%2F`],
  ['X-03 encoded letters', (path) => encodeAt(path, 1)],
  ['X-03 encoded letters of the last segment', (path) => encodeAt(path, path.lastIndexOf('/') + 1)],
  ['X-03 letters that are encoded twice', (path) => encodeAt(path, 1).replace('%', '%25')],
  ['X-03 an encoded hyphen', (path) => path.replaceAll('-', '%2D')],
  ['X-03 a semicolon', (path) => `${path};a=b`],
  ['X-03 a trailing dot', (path) => `${path}.`],
  ['X-03 an encoded trailing dot', (path) => `${path}%2e`],
  ['X-03 a trailing slash and a dot', (path) => `${path}/.`],
  ['X-03 a trailing slash', (path) => `${path}/`],
  ['X-03 a trailing NUL', (path) => `${path}%00`],
  ['X-03 a trailing space', (path) => `${path}%20`],
  ['X-03 a backslash', (path) => `\\${path.slice(1)}`],
  ['X-03 a way round', (path) => `/products/..${path}`],
  ['X-03 an encoded way round', (path) => `/products/%2e%2e${path}`],
  ['X-03 upper case', (path) => path.toUpperCase()],
  ['X-04 a locale', (path) => `/en${path}`],
  ['X-04 a locale with a region', (path) => `/de-AT${path}`],
  ['X-04 _next/data', (path) => `/_next/data/build${path}.json`],
  ['X-04 _next/data with a locale', (path) => `/_next/data/build/en${path}.json`],
];

/** The statuses of a refusal: a redirect to the login, or an error. */
const REFUSALS = [303, 307, 308, 400, 401, 404];

const AWAY = /NEXT_REDIRECT;\w+;\/auth\/login|NEXT_HTTP_ERROR_FALLBACK;404/;

/** What an answer gives away to somebody who may not see the page; `undefined` when nothing. */
async function leakOf({ secret, closed }: GuardedPage, response: Response): Promise<string | undefined> {
  const { status } = response;
  const text = await response.text();
  if (secret.test(text)) return `${status}, and it shows ${secret}`;
  if (response.headers.getSetCookie().some((line) => line.startsWith('__Host-session=')))
    return `${status}, and it sets a session`;
  // The router's payload has status 200 for a redirect or a missing page too, and says so inside.
  const isRefused = REFUSALS.includes(status) || closed.includes(status) || AWAY.test(text);
  return isRefused ? undefined : String(status);
}

/** The app's own port, past Caddy. */
export const pastCaddy = ({ ports }: StackInfo, site: 'shop' | 'blog') => `http://127.0.0.1:${ports[site]}`;

/** One answer past Caddy, and the next where Next sends a router's fetch on to the address with the `_rsc` it wants. */
export async function askPast(
  stack: StackInfo,
  page: GuardedPage,
  path: string,
  outgoing: Outgoing,
): Promise<Response> {
  const url = pastCaddy(stack, page.site);
  const response = await send(url, { ...outgoing, path });
  const location = response.headers.get('location') ?? '';
  return /[?&]_rsc/.test(location) ? send(url, { ...outgoing, path: pathOf(location, url) }) : response;
}

function pathOf(location: string, base: string): string {
  const { pathname, search } = new URL(location, base);
  return pathname + search;
}

/** What is wrong with the answers of all guarded pages to requests of these kinds, past Caddy. */
export async function leaks(
  stack: StackInfo,
  kinds: readonly (Headers | ((page: GuardedPage) => Headers))[],
  rewrite: (path: string) => string = (path) => path,
): Promise<readonly string[]> {
  const found = guardedPages.flatMap((page) =>
    kinds.map(async (kind) => {
      const headers = typeof kind === 'function' ? kind(page) : kind;
      // A prefetch, or a router that holds the page, gets the layout around it: 200, and the page did not run.
      const isPart = 'next-router-prefetch' in headers || 'next-router-state-tree' in headers;
      const closed = isPart ? [...page.closed, 200] : page.closed;
      const answer = await askPast(stack, page, rewrite(page.path), { headers });
      const leak = await leakOf({ ...page, closed }, answer);
      return leak === undefined ? [] : [`${page.site} ${page.path} ${Object.keys(headers).join()}: ${leak}`];
    }),
  );
  return (await Promise.all(found)).flat();
}
