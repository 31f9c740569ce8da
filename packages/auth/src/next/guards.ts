import type { RelyingParty, SessionRequirements } from '../client/index.ts';
import { requireValidStepUp, type StepUp } from '../foundation/index.ts';
import type { SessionView } from '../session/index.ts';
import { withBasePath, withoutBasePath } from './base-path.ts';
import type { Framework } from './framework.ts';

/** Guards for pages and the data functions under them. Not for layouts: those don't run on every navigation. */
export interface PageGuards<P extends string> {
  /**
   * The session, or a redirect to the login; also where the person has to prove anew who they are.
   *
   * @param returnTo the page's own path, as for Next's `redirect()` without the base path; default `/`.
   * @example `const session = await requireSession('/account/close', { maxAgeSeconds: 300 });`
   */
  readonly requireSession: (returnTo?: string, stepUp?: StepUp) => Promise<SessionView<P>>;
  /**
   * The session of somebody who may do this; without the permission the page is not found, or `forbidden`.
   *
   * @example `const session = await requirePermission('shop:refunds.write', '/refunds', { maxAgeSeconds: 300 });`
   */
  readonly requirePermission: (permission: P, returnTo?: string, stepUp?: StepUp) => Promise<SessionView<P>>;
}

type Action<P extends string, Args extends unknown[], R> = (
  session: SessionView<P>,
  ...args: Args
) => Promise<R>;

export type ActionGuard<P extends string> = <Args extends unknown[], R>(
  run: Action<P, Args, R>,
  requirements?: SessionRequirements<P>,
) => (...args: Args) => Promise<R>;

/** What the guards of one site share. */
export interface GuardTools<P extends string> {
  readonly site: () => Pick<RelyingParty, 'baseUrl' | 'loginPath' | 'isSameOrigin'>;
  readonly auth: () => Promise<SessionView<P> | undefined>;
  /** As `auth`, and refreshes where due. For handlers, where Next lets it set the cookie. */
  readonly refresh: () => Promise<SessionView<P> | undefined>;
  readonly framework: Framework;
  /** Leaves the page or action of somebody without the permission. */
  readonly deny: () => Promise<never>;
}

export function createPageGuards<P extends string>(tools: GuardTools<P>): PageGuards<P> {
  const requireSession = async (returnTo?: string, stepUp: StepUp = {}) => {
    const session = await tools.auth();
    if (session?.proves(stepUp)) return session;
    return sendToLogin(tools, withBasePath(tools.site().baseUrl, returnTo), stepUp);
  };
  return {
    requireSession,
    async requirePermission(permission, returnTo, stepUp) {
      const session = await requireSession(returnTo, stepUp);
      return session.can(permission) ? session : tools.deny();
    },
  };
}

/** Actions answer on any path, so a page's guard or `proxy.ts` covers none of them: each needs this. */
export function createActionGuard<P extends string>(tools: GuardTools<P>): ActionGuard<P> {
  return (run, requirements = {}) => {
    requireValidStepUp(requirements);
    return async (...args) => {
      const session = await tools.auth();
      // Back to the page that posted it. The login drops every address that isn't of this site.
      if (!session?.proves(requirements))
        return sendToLogin(tools, await tools.framework.readHeader('referer'), requirements);
      const { permission } = requirements;
      if (permission !== undefined && !session.can(permission)) return tools.deny();
      return run(session, ...args);
    };
  };
}

/** @param returnTo as browsers see it. */
function sendToLogin<P extends string>(
  { site, framework }: GuardTools<P>,
  returnTo: string | undefined,
  stepUp: StepUp,
): Promise<never> {
  const { baseUrl, loginPath } = site();
  return framework.redirect(withoutBasePath(baseUrl, loginPath(returnTo, stepUp)));
}
