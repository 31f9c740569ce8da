import type { AccessContract, PermissionOf } from '../access/index.ts';
import { authError, requireValidStepUp, safeReturnTo, type StepUp } from '../foundation/index.ts';
import {
  type CookieChange,
  type CookieNames,
  type CookieSource,
  type Session,
  type SessionView,
} from '../session/index.ts';
import { exchangeToken } from './exchange.ts';
import { loginHref } from './failures.ts';
import { findSession, viewSession } from './find-session.ts';
import type { RelyingPartyOptions } from './options.ts';
import { answerRoute } from './routes.ts';
import { isSameOrigin } from './same-origin.ts';
import { passSession, type SessionPass } from './session-pass.ts';
import { askSilently } from './silent.ts';
import { createSite, type Site } from './site.ts';

/** What a request became on its way to a page. */
export interface Passage<P extends string, A extends string = string> {
  /** Answer this instead of the page: the browser is asked to go to the provider and back. */
  readonly answer: Response | undefined;
  readonly session: SessionView<P> | undefined;
  /** Set these on the response, and put them into the request's own cookies, so that the same render sees them. */
  readonly changes: readonly CookieChange[];
  /** `tokenFor` by the session as it is now: the request's own cookie may be older than that. */
  readonly tokenFor: (audience: A) => Promise<string>;
}

/** One site that signs people in. Plain web-standard requests and responses; adapters only translate. */
export interface RelyingParty<P extends string = string, A extends string = string> {
  readonly baseUrl: string;
  readonly cookieNames: CookieNames;
  /** Answers login, callback, logout and the other paths of `authPaths`; `undefined` for every other request. */
  readonly handle: (request: Request) => Promise<Response | undefined>;
  /** The session of a request, read only: works where no cookie can be set. */
  readonly open: (cookies: CookieSource) => Promise<SessionView<P> | undefined>;
  /** Renews the session where due and asks silently where allowed. Call it only where cookies can be set. */
  readonly pass: (request: Request) => Promise<Passage<P, A>>;
  /** Renews the session where due; for places that answer for themselves. Only where cookies can be set. */
  readonly refreshIfDue: (cookies: CookieSource) => Promise<Omit<Passage<P, A>, 'answer'>>;
  /**
   * A Bearer token for another audience (RFC 8693). For servers only: never hand it to a page.
   *
   * @throws AuthError `session_invalid` when signed out, `token_exchange_rejected`, `provider_unavailable`
   */
  readonly tokenFor: (cookies: CookieSource, audience: A) => Promise<string>;
  /**
   * Where to send somebody who has to sign in first, or prove anew who they are: a path of this site without any secret.
   * The callback refuses an answer that proves less; what the page needs, its own guard has to check.
   */
  readonly loginPath: (returnTo?: string, stepUp?: StepUp) => string;
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
 * const answer = (await site.handle(request)) ?? page(await site.open(request.headers.get('cookie')));
 * ```
 */
export function createRelyingParty<C extends AccessContract, A extends keyof C['audiences'] & string>(
  options: RelyingPartyOptions<C, A>,
): RelyingParty<PermissionOf<C, A>, keyof C['audiences'] & string> {
  type P = PermissionOf<C, A>;
  const site = createSite(options);
  const view = (session: Session | undefined) => session && viewSession<P>(site, session);
  const passed = ({ session, changes }: SessionPass) => ({
    session: view(session),
    changes,
    tokenFor: (audience: string) => requireToken(site, session, audience),
  });
  return {
    baseUrl: site.baseUrl,
    cookieNames: site.jar.names,
    handle: (request) => answerRoute(site, request),
    open: async (cookies) => view(await findSession(site, cookies)),
    async pass(request) {
      const pass = await passSession(site, request.headers.get('cookie'));
      const answer = pass.session ? undefined : await askSilently(site, request, pass.changes);
      return { answer, ...passed(pass) };
    },
    refreshIfDue: async (cookies) => passed(await passSession(site, cookies)),
    tokenFor: async (cookies, audience) => requireToken(site, await findSession(site, cookies), audience),
    loginPath(returnTo, stepUp = {}) {
      requireValidStepUp(stepUp);
      return loginHref(site, safeReturnTo(returnTo, site.baseUrl, `${site.basePath}/`), stepUp);
    },
    isSameOrigin: (request) => isSameOrigin(site, request),
  };
}

async function requireToken(site: Site, session: Session | undefined, audience: string): Promise<string> {
  if (session) return exchangeToken(site, session, audience);
  throw authError(
    'session_invalid',
    `nobody is signed in, so there is no token for ${audience}: sign in first`,
  );
}
