import type { AuthorizeOptions } from './authorize.ts';
import type { TestIssuer } from './test-issuer.ts';

export interface TestBrowserOptions {
  /** The site under test: its `handle`, or whatever answers its requests. */
  readonly handle: (request: Request) => Promise<Response | undefined>;
  readonly baseUrl: string;
  readonly issuer: TestIssuer;
}

/** One browser's dealings with one site: keeps cookies until they expire by the issuer's clock, follows no redirect. */
export interface TestBrowser {
  /** Cookies by name. Delete or set some to play an attacker, or a browser that keeps none. */
  readonly cookies: Map<string, TestCookie>;
  /** The request a person's browser would send for a path. */
  request(path: string, init?: RequestInit): Request;
  /** Sends it, and keeps the cookies of the answer. */
  visit(path: string, init?: RequestInit): Promise<Response>;
  /** Keeps the cookies of an answer that came some other way, e.g. through a proxy. */
  keep(response: Response): void;
  /** Presses "Sign in" and goes through the provider. @returns the site's answer to the callback. */
  signIn(options?: AuthorizeOptions & { readonly returnTo?: string }): Promise<Response>;
  /** The redirect to the provider that a login starts with. */
  startLogin(returnTo?: string): Promise<string>;
}

export interface TestCookie {
  readonly value: string;
  /** Integer seconds. */
  readonly expiresAt: number;
}

/** What Chromium sends when a person follows a link of the same site (W3C Fetch Metadata). */
const NAVIGATION = {
  'sec-fetch-mode': 'navigate',
  'sec-fetch-dest': 'document',
  'sec-fetch-site': 'same-origin',
};

/** @example `const browser = createTestBrowser({ handle: site.handle, baseUrl, issuer }); await browser.signIn();` */
export function createTestBrowser({ handle, baseUrl, issuer }: TestBrowserOptions): TestBrowser {
  const cookies = new Map<string, TestCookie>();
  const request = (path: string, init: RequestInit = {}) => {
    const headers = new Headers({ ...NAVIGATION, cookie: headerOf(cookies, issuer.clock()) });
    for (const [name, value] of new Headers(init.headers)) headers.set(name, value);
    return new Request(new URL(path, baseUrl), { ...init, headers });
  };
  const keepAll = ({ headers }: Response) => {
    for (const line of headers.getSetCookie()) keep(cookies, line, issuer.clock());
  };
  const visit = async (path: string, init?: RequestInit) => {
    const response = (await handle(request(path, init))) ?? new Response(null, { status: 404 });
    keepAll(response);
    return response;
  };
  const startLogin = async (returnTo = '/') => {
    const response = await visit(`/auth/login?return_to=${encodeURIComponent(returnTo)}`);
    return response.headers.get('location') ?? '';
  };
  return {
    cookies,
    request,
    visit,
    keep: keepAll,
    startLogin,
    async signIn({ returnTo, ...options } = {}) {
      const { callback } = issuer.authorize(await startLogin(returnTo), options);
      return visit(callback.pathname + callback.search);
    },
  };
}

function headerOf(cookies: ReadonlyMap<string, TestCookie>, now: number): string {
  const alive = [...cookies].filter(([, { expiresAt }]) => expiresAt > now);
  return alive.map(([name, { value }]) => `${name}=${value}`).join('; ');
}

function keep(cookies: Map<string, TestCookie>, line: string, now: number): void {
  const [pair = '', ...attributes] = line.split('; ');
  const at = pair.indexOf('=');
  const maxAge = attributes.find((attribute) => attribute.startsWith('Max-Age='))?.slice('Max-Age='.length);
  const expiresAt = maxAge === undefined ? Number.POSITIVE_INFINITY : now + Number(maxAge);
  if (expiresAt <= now) cookies.delete(pair.slice(0, at));
  else cookies.set(pair.slice(0, at), { value: pair.slice(at + 1), expiresAt });
}
