import type { AccessContract, PermissionOf } from '../access/index.ts';
import { authError, requireValidStepUp, safeReturnTo, type StepUp } from '../foundation/index.ts';
import {
  type CookieChange,
  type CookieNames,
  type CookieSource,
  findSession,
  type Session,
  type SessionView,
  viewSession,
} from '../session/index.ts';
import { createSite } from './create-site.ts';
import type { ProcessProofs } from './dpop/process-proofs.ts';
import type { TokenFor } from './exchange/api-fetch.ts';
import { type Caller, createOnBehalfOf, type OnBehalfOf } from './exchange/on-behalf-of.ts';
import { exchangeToken } from './exchange/token-exchange.ts';
import { linesOf, reportCookies } from './http/cookie-details.ts';
import { siteLoginHref } from './http/failure.ts';
import { isSameOrigin } from './http/same-origin.ts';
import { finishLogout } from './logout/finish-logout.ts';
import { findPostponedLogout } from './logout/postponed-logout.ts';
import type { RelyingPartyOptions } from './options.ts';
import { handOver, takeHandover } from './refresh/handover.ts';
import { type SessionUpdate, updateOutdated, updateSession } from './refresh/update-session.ts';
import { handleRoute } from './routes.ts';
import type { Site } from './site.ts';
import { respondToVisitor } from './visitor-response.ts';

/** The session of a request after its refresh. */
export interface RefreshedSession<P extends string, A extends string = string> {
  readonly session: SessionView<P> | undefined;
  /** Set these on the response, and put them into the request's own cookies, so that the same render sees them. */
  readonly cookies: readonly CookieChange[];
  /** `tokenFor` of the session as it is now: the request's own cookie may be older. */
  readonly tokenFor: TokenFor<A>;
}

/** The session of a request for a page. */
export interface UpdatedSession<P extends string, A extends string = string> extends RefreshedSession<P, A> {
  /** Send this instead of the page: a redirect that signs the visitor in. */
  readonly response: Response | undefined;
  /**
   * Keeps the session for another layer of this process that answers the same request, so that the stores are asked once.
   * The key for its `getSession` is a secret of this request; `undefined` where nobody is signed in.
   */
  readonly handOver: () => string | undefined;
}

/** What `updateSession` is told about the requested page. */
export interface UpdateOptions {
  /** Only signed-in people may see it: a visitor's document is redirected to the login at once. Default `false`. */
  readonly isGuarded?: boolean;
  /**
   * The marker cookie says that nothing is due. The session is then renewed only where the person's permissions have changed,
   * of which the marker knows nothing. Default `false`.
   */
  readonly isFresh?: boolean;
}

/** One site that signs people in. Plain web-standard requests and responses; adapters only translate. */
export interface RelyingParty<P extends string = string, A extends string = string> {
  readonly baseUrl: string;
  readonly cookieNames: CookieNames;
  /** Proves that bound tokens are this process's, for `createApiFetch`; `undefined` without `dpopBoundTokens`. */
  readonly proofs: ProcessProofs | undefined;
  /** Answers login, callback, logout and the other paths of `authPaths`; `undefined` for every other request. */
  readonly handler: (request: Request) => Promise<Response | undefined>;
  /**
   * The session of a request. It changes nothing, so it works where no cookie can be set.
   *
   * @param handover the key from `handOver` of this request. With any other the stores are asked.
   */
  readonly getSession: (cookies: CookieSource, handover?: string) => Promise<SessionView<P> | undefined>;
  /** Refreshes the session where due and signs in silently where allowed. Call it only where cookies can be set. */
  readonly updateSession: (request: Request, options?: UpdateOptions) => Promise<UpdatedSession<P, A>>;
  /** Refreshes the session where due, and never redirects: for handlers and APIs. Only where cookies can be set. */
  readonly refreshSession: (cookies: CookieSource) => Promise<RefreshedSession<P, A>>;
  /**
   * A Bearer token for another audience (RFC 8693); without an audience the session's own access token, as the provider
   * issued it: for its own APIs, or opaque. For servers only: never hand it to a page.
   *
   * @throws AuthError `session_invalid` when signed out, or where the own token is over and nothing can renew it, `token_exchange_rejected`, `provider_unavailable`
   */
  readonly tokenFor: {
    (cookies: CookieSource): Promise<string>;
    (cookies: CookieSource, audience: A): Promise<string>;
  };
  /**
   * Lets this site's API call another one for the person who called it: with a token that names the person and, as the actor
   * (`act`, RFC 8693 §4.1), this client. The client stands for the API's audience (`audiences` at our provider). For servers only.
   *
   * @param token what the API's guard verified of this request
   * @returns calls that throw AuthError `token_exchange_rejected`, `provider_unavailable`
   * @example
   * ```ts
   * export const GET = api.guard(async (request, token) => {
   *   const posts = await site.onBehalfOf(request, token).fetch(blogAudience, 'https://blog.example/api/posts');
   *   return Response.json(await posts.json());
   * });
   * ```
   */
  readonly onBehalfOf: (request: Pick<Request, 'headers'>, token: Caller) => OnBehalfOf<A>;
  /**
   * Where to send somebody who has to sign in first, or prove anew who they are: a path of this site without any secret.
   * The callback refuses a response that proves less; the page's own guard still has to check what the page requires.
   */
  readonly loginPath: (returnTo?: string, stepUp?: StepUp) => string;
  /**
   * Whether this browser signed out while the provider was away: its sign-on session there lives until the browser comes back
   * once the provider answers. For the page that people see after signing out.
   */
  readonly isLogoutPostponed: (cookies: CookieSource) => Promise<boolean>;
  /** Whether a page of this site made this state-changing request (CSRF); ask before every write. */
  readonly isSameOrigin: (request: Request) => boolean;
}

/**
 * Creates a relying party (OIDC Core, authorization code flow with PKCE).
 *
 * @throws AuthError `config_invalid` naming the option that is wrong and the fix.
 * @example
 * ```ts
 * const site = createRelyingParty({
 *   issuer: 'https://id.example', clientId: 'shop', clientSecret: env.CLIENT_SECRET,
 *   baseUrl: 'https://shop.example', audience: 'https://shop.example/api', access, sessionKeys: [env.SESSION_KEY],
 * });
 * const response = (await site.handler(request)) ?? page(await site.getSession(request.headers.get('cookie')));
 * ```
 */
export function createRelyingParty<C extends AccessContract, A extends keyof C['audiences'] & string>(
  options: RelyingPartyOptions<C, A>,
): RelyingParty<PermissionOf<C, A>, keyof C['audiences'] & string> {
  type P = PermissionOf<C, A>;
  const site = createSite(options);
  const view = (session: Session | undefined) => session && viewSession<P>(site, session);
  const refreshed = ({ session, cookies }: SessionUpdate) => ({
    session: view(session),
    cookies,
    tokenFor: (audience?: string) => requireToken(site, session, audience),
  });
  const respond = async (request: Request, cookies: readonly CookieChange[], isGuarded: boolean) =>
    (await finishLogout(site, request, cookies)) ?? respondToVisitor(site, request, cookies, isGuarded);
  return {
    baseUrl: site.baseUrl,
    cookieNames: site.jar.names,
    proofs: site.proofs,
    handler: (request) => handleRoute(site, request),
    getSession: async (cookies, handover) =>
      view(takeHandover(site, cookies, handover) ?? (await findSession(site, cookies))),
    async updateSession(request, { isGuarded = false, isFresh = false } = {}) {
      const cookies = request.headers.get('cookie');
      const update = await (isFresh ? updateOutdated : updateSession)(site, cookies);
      const isAnswered = update.session !== undefined || isFresh;
      const response = isAnswered ? undefined : await respond(request, update.cookies, isGuarded);
      reportCookies(site, request, response?.headers.getSetCookie() ?? linesOf(update.cookies));
      return { response, ...refreshed(update), handOver: () => handOver(site, cookies, update) };
    },
    refreshSession: async (cookies) => refreshed(await updateSession(site, cookies)),
    tokenFor: async (cookies: CookieSource, audience?: string) =>
      requireToken(site, await findSession(site, cookies), audience),
    onBehalfOf: (request, token) => createOnBehalfOf(site, request, token),
    loginPath(returnTo, stepUp = {}) {
      requireValidStepUp(stepUp);
      return siteLoginHref(site, safeReturnTo(returnTo, site.baseUrl, `${site.basePath}/`), stepUp);
    },
    isLogoutPostponed: async (cookies) => (await findPostponedLogout(site, cookies)) !== undefined,
    isSameOrigin: (request) => isSameOrigin(site, request),
  };
}

async function requireToken(site: Site, session: Session | undefined, audience?: string): Promise<string> {
  if (!session)
    throw authError(
      'session_invalid',
      `nobody is signed in, so there is no token for ${audience ?? 'anything'}: sign in first`,
    );
  return audience === undefined ? requireOwnToken(site, session) : exchangeToken(site, session, audience);
}

/** A token that is over is given out only where it is still renewed, so that a provider that is down signs nobody out. */
function requireOwnToken(site: Site, session: Session): string {
  const { accessToken, accessTokenExpiresAt, refreshToken } = session;
  if (refreshToken !== undefined || site.clock() < accessTokenExpiresAt) return accessToken;
  throw authError(
    'session_invalid',
    'the access token is over, and the provider gave no refresh token to renew it: sign in again',
  );
}
