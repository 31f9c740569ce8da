import type { StepUp } from '../foundation/index.ts';
import type { RelyingParty } from '../client/index.ts';
import type { SessionView } from '../session/index.ts';
import type { Framework } from './framework.ts';

/** What a guarded thing needs beside a session; a proof that is recent and strong enough included. */
export interface Need<P extends string> extends StepUp {
  readonly permission?: P;
}

/** Guards for pages and the data functions under them. Not for layouts: those don't run on every navigation. */
export interface PageGuards<P extends string> {
  /**
   * The session, or a redirect to the login; also where the person has to prove anew who they are.
   *
   * @param returnTo the page's own path; default `/`.
   * @example `const session = await requireSession('/account/close', { maxAgeSeconds: 300 });`
   */
  readonly requireSession: (returnTo?: string, stepUp?: StepUp) => Promise<SessionView<P>>;
  /** The session of somebody who may do this; without the permission the page is not found. */
  readonly requirePermission: (permission: P, returnTo?: string) => Promise<SessionView<P>>;
}

type Action<P extends string, Args extends unknown[], R> = (
  session: SessionView<P>,
  ...args: Args
) => Promise<R>;
type Handler<P extends string, Rest extends unknown[]> = (
  request: Request,
  session: SessionView<P>,
  ...rest: Rest
) => Response | Promise<Response>;

export type ActionGuard<P extends string> = <Args extends unknown[], R>(
  run: Action<P, Args, R>,
  need?: Need<P>,
) => (...args: Args) => Promise<R>;

export type HandlerGuard<P extends string> = <Rest extends unknown[]>(
  answer: Handler<P, Rest>,
  need?: Need<P>,
) => (request: Request, ...rest: Rest) => Promise<Response>;

export interface GuardTools<P extends string> {
  readonly site: () => Pick<RelyingParty, 'loginPath' | 'isSameOrigin'>;
  readonly auth: () => Promise<SessionView<P> | undefined>;
  readonly framework: Framework;
}

export function createPageGuards<P extends string>({ site, auth, framework }: GuardTools<P>): PageGuards<P> {
  const requireSession = async (returnTo?: string, stepUp: StepUp = {}) => {
    const session = await auth();
    return session?.proves(stepUp) ? session : framework.redirect(site().loginPath(returnTo, stepUp));
  };
  return {
    requireSession,
    async requirePermission(permission, returnTo) {
      const session = await requireSession(returnTo);
      return session.can(permission) ? session : framework.notFound();
    },
  };
}

/** Actions answer on any path, so neither a page's guard nor `proxy.ts` covers them: each is wrapped. */
export function createActionGuard<P extends string>({
  site,
  auth,
  framework,
}: GuardTools<P>): ActionGuard<P> {
  return (run, need = {}) =>
    async (...args) => {
      const session = await auth();
      // The page that posted it is the way back; safeReturnTo drops everything that isn't this site.
      if (!session?.proves(need))
        return framework.redirect(site().loginPath(await framework.readHeader('referer'), need));
      if (need.permission !== undefined && !session.can(need.permission)) return framework.notFound();
      return run(session, ...args);
    };
}

export function createHandlerGuard<P extends string>({ site, auth }: GuardTools<P>): HandlerGuard<P> {
  return (answer, need = {}) =>
    async (request, ...rest) => {
      if (!isSafe(request.method) && !site().isSameOrigin(request)) return refuse(403, 'csrf');
      const session = await auth();
      if (!session) return refuse(401, 'session_invalid');
      if (!session.proves(need)) return refuse(401, 'insufficient_user_authentication');
      if (need.permission !== undefined && !session.can(need.permission))
        return refuse(403, 'permission_insufficient');
      return personal(await answer(request, session, ...rest));
    };
}

const isSafe = (method: string) => method === 'GET' || method === 'HEAD';

const refuse = (status: number, error: string) => personal(Response.json({ error }, { status }));

function personal(response: Response): Response {
  const headers = new Headers(response.headers);
  headers.set('cache-control', 'private, no-store');
  headers.append('vary', 'Cookie');
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}
