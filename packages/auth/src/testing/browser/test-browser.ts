import { authPaths } from '../../wire/index.ts';
import type { AuthorizeOptions } from '../issuer/authorize.ts';
import { cookieHeader, keepCookie, type TestCookie } from './test-cookies.ts';
import type { TestIssuer } from '../issuer/test-issuer.ts';
import type { TestSignOn } from '../issuer/test-people.ts';

export interface TestBrowserOptions {
  /** The site under test: its `handler`, or whatever answers its requests. */
  readonly handler: (request: Request) => Promise<Response | undefined>;
  readonly baseUrl: string;
  readonly issuer: TestIssuer;
}

/** A browser at one site. It keeps cookies until they expire by the issuer's clock, and does not follow redirects. */
export interface TestBrowser {
  /** Cookies by name. A test may delete or set some, as an attacker or a browser without cookies would. */
  readonly cookies: Map<string, TestCookie>;
  /**
   * The browser's sign-on session at the issuer, as its cookie there would name it. Set it to that of another browser
   * to play one browser at two sites, to `undefined` to have it forgotten.
   */
  signOn: TestSignOn | undefined;
  /** The request a person's browser would send for a path. */
  request(path: string, init?: RequestInit): Request;
  /** Sends it, and keeps the cookies of the answer. */
  visit(path: string, init?: RequestInit): Promise<Response>;
  /** Keeps the cookies of an answer that came some other way, e.g. through a proxy. */
  keep(response: Response): void;
  /**
   * Presses "Sign in" and goes through the provider: by its sign-on session where it has one (single sign-on), unless
   * another person is named. @returns the site's answer to the callback.
   */
  signIn(options?: AuthorizeOptions & { readonly returnTo?: string }): Promise<Response>;
  /**
   * Presses "Sign out" and goes through the provider. @returns the site's answer to the way back; to the form itself
   * where it leads to no provider, or the provider leads nowhere.
   */
  signOut(): Promise<Response>;
  /** The redirect to the provider that a login starts with. */
  startLogin(returnTo?: string): Promise<string>;
}

/** What Chromium sends when a person follows a link of the same site (W3C Fetch Metadata). */
const NAVIGATION = {
  'sec-fetch-mode': 'navigate',
  'sec-fetch-dest': 'document',
  'sec-fetch-site': 'same-origin',
};

/** @example `const browser = createTestBrowser({ handler: site.handler, baseUrl, issuer }); await browser.signIn();` */
export function createTestBrowser(options: TestBrowserOptions): TestBrowser {
  const { issuer } = options;
  const wire = createWire(options);
  const browser: TestBrowser = {
    ...wire,
    signOn: undefined,
    async startLogin(returnTo = '/') {
      const response = await wire.visit(`${authPaths.login}?return_to=${encodeURIComponent(returnTo)}`);
      return response.headers.get('location') ?? '';
    },
    async signIn({ returnTo, ...choices } = {}) {
      const address = await browser.startLogin(returnTo);
      const { callback, signOn } = issuer.authorize(address, {
        signOn: findSignOn(browser, choices),
        ...choices,
      });
      browser.signOn = signOn ?? browser.signOn;
      return wire.visit(callback.pathname + callback.search);
    },
    signOut: () => signOut(wire, options),
  };
  return browser;
}

/** The browser's sign-on session, unless another person signs in. */
function findSignOn({ signOn }: TestBrowser, { person }: AuthorizeOptions): TestSignOn | undefined {
  return person === undefined || person === signOn?.person ? signOn : undefined;
}

async function signOut(wire: Wire, { baseUrl, issuer }: TestBrowserOptions): Promise<Response> {
  const headers = { origin: new URL(baseUrl).origin };
  const response = await wire.visit(authPaths.logout, { method: 'POST', headers });
  const away = response.headers.get('location') ?? '';
  const back = away.startsWith(issuer.endSessionEndpoint) ? issuer.endSession(away) : undefined;
  return back ? wire.visit(back.pathname + back.search) : response;
}

type Wire = Pick<TestBrowser, 'cookies' | 'request' | 'visit' | 'keep'>;

function createWire({ handler, baseUrl, issuer }: TestBrowserOptions): Wire {
  const cookies = new Map<string, TestCookie>();
  const request = (path: string, init: RequestInit = {}) => {
    const headers = new Headers({ ...NAVIGATION, cookie: cookieHeader(cookies, issuer.clock()) });
    for (const [name, value] of new Headers(init.headers)) headers.set(name, value);
    return new Request(new URL(path, baseUrl), { ...init, headers });
  };
  const keep = ({ headers }: Response) => {
    for (const line of headers.getSetCookie()) keepCookie(cookies, line, issuer.clock());
  };
  return {
    cookies,
    request,
    keep,
    async visit(path, init) {
      const response = (await handler(request(path, init))) ?? new Response(null, { status: 404 });
      keep(response);
      return response;
    },
  };
}
