import { cache } from 'react';
import type { AccessContract, PermissionOf } from '../access/index.ts';
import {
  type ApiFetch,
  createApiFetch,
  createRelyingParty,
  type TokenFor,
  type RelyingParty,
  type RelyingPartyOptions,
} from '../client/index.ts';
import type { SessionView } from '../session/index.ts';
import { requestWithBasePath } from './base-path.ts';
import { type Framework, HANDOVER_HEADER, nextFramework } from './framework.ts';
import { type ActionGuard, createActionGuard, createPageGuards, type PageGuards } from './guards.ts';
import { createHandlerGuard, type HandlerGuard } from './handler-guard.ts';
import { sharedMemory } from './process-memory.ts';
import { createSiteProxy, type ProxyOptions, type SiteProxy } from './proxy.ts';

/** The options of a relying party, read at the first request: a build needs no environment. */
export type NextAuthOptions<
  C extends AccessContract,
  A extends keyof C['audiences'] & string,
> = () => RelyingPartyOptions<C, A>;

/** How a site's guards behave in Next. */
export interface NextAuthSettings {
  /**
   * `forbidden` of `next/navigation`: pages and actions then answer 403 with `forbidden.tsx` to people without the
   * permission. It throws unless the app has `experimental.authInterrupts`. Default: such a page is not found, 404.
   */
  readonly forbidden?: () => never;
  /** Stands in for Next in tests. */
  readonly framework?: Framework;
}

/** One Next.js site's sign-in. `P` are the permissions of its own API, `A` all audiences of the contract. */
export interface NextAuth<P extends string, A extends string> extends PageGuards<P> {
  /** `app/auth/[...auth]/route.ts`: `export const { GET, POST } = handlers`. */
  readonly handlers: {
    readonly GET: (request: Request) => Promise<Response>;
    readonly POST: (request: Request) => Promise<Response>;
  };
  /** The session of this request, or `undefined`; read once per render. For pages, handlers and actions alike. */
  readonly auth: () => Promise<SessionView<P> | undefined>;
  /**
   * A Bearer token for another audience (RFC 8693); without one the session's own access token, as the provider issued
   * it. Server only: never pass it to a Client Component.
   */
  readonly tokenFor: TokenFor<A>;
  /** `fetch` with that Bearer token; redirects are refused, so that the token goes to no other place. */
  readonly apiFetch: ApiFetch<A>;
  /** For this site's API: calls of another API for the person who called it, see `RelyingParty.onBehalfOf`. */
  readonly onBehalfOf: RelyingParty<P, A>['onBehalfOf'];
  /**
   * Whether this browser signed out while the provider was away, so that its sign-on session there still lives. For the page
   * that people see after signing out.
   */
  readonly isLogoutPostponed: () => Promise<boolean>;
  /** `proxy.ts`: refreshes the session, forwards it to the same render, signs in silently. It protects no page. */
  readonly proxy: SiteProxy;
  /**
   * `proxy` for a site with guarded pages: a visitor's document of such a page is redirected at once, with a real status.
   *
   * @throws AuthError `config_invalid` for a path that it can't read.
   * @example `export const proxy = createProxy({ guarded: ['/orders/:path*'] });`
   */
  readonly createProxy: (options: ProxyOptions) => SiteProxy;
  /** Wraps a Server Action: it runs only for a signed-in person, with the permission where one is named. */
  readonly action: ActionGuard<P>;
  /**
   * Wraps a route handler that the site's own pages call with their cookie: 401, 403, 503, the CSRF check on writes, and
   * the refresh, which `auth`, `tokenFor` and `apiFetch` inside it see.
   */
  readonly handler: HandlerGuard<P>;
}

/**
 * Wires a Next.js site. Call it once, in the site's one wiring file.
 *
 * @example
 * ```ts
 * export const { handlers, auth, requireSession, requirePermission, createProxy, apiFetch } = createNextAuth(() => ({
 *   issuer: env().ISSUER, clientId: env().CLIENT_ID, clientSecret: env().CLIENT_SECRET,
 *   baseUrl: env().BASE_URL, audience: 'https://shop.example/api', access, sessionKeys: env().SESSION_KEYS,
 * }));
 * ```
 */
export function createNextAuth<C extends AccessContract, A extends keyof C['audiences'] & string>(
  options: NextAuthOptions<C, A>,
  { forbidden, framework = nextFramework }: NextAuthSettings = {},
): NextAuth<PermissionOf<C, A>, keyof C['audiences'] & string> {
  type P = PermissionOf<C, A>;
  let known: RelyingParty<P, keyof C['audiences'] & string> | undefined;
  const site = () => (known ??= createShared(options()));
  // Before any cookie, clock or option is read. A build has none of them. A prefetch may read cookies, and the browser
  // would keep the person's page before anybody asked for it.
  const readRequest = async () => {
    await framework.connection();
    return { read: await framework.readCookie(), site: site() };
  };
  const auth = cache(async () => {
    const request = await readRequest();
    return request.site.getSession(request.read, await framework.readHeader(HANDOVER_HEADER));
  });
  const refresh = async () => {
    const request = await readRequest();
    const { session, cookies } = await request.site.refreshSession(request.read);
    if (cookies.length > 0) await framework.changeCookies(cookies);
    return session;
  };
  const tokenFor = async (audience?: keyof C['audiences'] & string) => {
    const request = await readRequest();
    const { read, site: own } = request;
    return audience === undefined ? own.tokenFor(read) : own.tokenFor(read, audience);
  };
  const deny = async () => (forbidden ? forbidden() : framework.notFound());
  const tools = { site, auth, refresh, framework, deny };
  const handle = (request: Request) => handleAuthPath(site(), request);
  const createProxy = (proxyOptions: ProxyOptions) => createSiteProxy(site, proxyOptions);
  return {
    handlers: { GET: handle, POST: handle },
    auth,
    tokenFor,
    apiFetch: createApiFetch(tokenFor, () => site().proofs),
    onBehalfOf: (request, token) => site().onBehalfOf(request, token),
    async isLogoutPostponed() {
      const request = await readRequest();
      return request.site.isLogoutPostponed(request.read);
    },
    proxy: createProxy({ guarded: [] }),
    createProxy,
    ...createPageGuards<P>(tools),
    action: createActionGuard<P>(tools),
    handler: createHandlerGuard<P>(tools),
  };
}

/** Next takes the base path off a handler's address; other callers of the handler may leave it there. */
async function handleAuthPath(
  site: Pick<RelyingParty, 'baseUrl' | 'handler'>,
  request: Request,
): Promise<Response> {
  const response = await site.handler(request);
  const found = response ?? (await site.handler(requestWithBasePath(site.baseUrl, request)));
  return found ?? new Response(null, { status: 404 });
}

function createShared<C extends AccessContract, A extends keyof C['audiences'] & string>(
  options: RelyingPartyOptions<C, A>,
) {
  const memory = options.memory ?? sharedMemory(options.issuer, options.clientId, options.clock);
  return createRelyingParty({ ...options, memory });
}
