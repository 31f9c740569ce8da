import type { Context, MiddlewareHandler } from 'hono';
import {
  findCsrfRefusal,
  findSessionRefusal,
  isSafeMethod,
  type RelyingParty,
  type SessionRequirements,
  withNoStore,
} from '../client/index.ts';
import { requireValidStepUp, type StepUp } from '../foundation/index.ts';
import type { SessionView } from '../session/index.ts';
import type { SendRefusal } from './refusal.ts';

/** What the context holds behind a guard. */
export interface SignedInVariables<P extends string> {
  readonly session: SessionView<P>;
}

/** A middleware behind which somebody is signed in. */
export type Guard<P extends string> = MiddlewareHandler<{ Variables: SignedInVariables<P> }>;

type GuardSite = Pick<RelyingParty, 'loginPath' | 'isSameOrigin'>;

export function createGuard<P extends string>(
  site: GuardSite,
  sendRefusal: SendRefusal,
): (requirements?: SessionRequirements<P>) => Guard<P> {
  return (requirements = {}) => {
    requireValidStepUp(requirements);
    return async (context, next) => {
      // The variable's type holds behind this guard. Here nobody may be signed in yet.
      const session: SessionView<P> | undefined = context.get('session');
      const { raw } = context.req;
      const refusal = findCsrfRefusal(site, raw) ?? findSessionRefusal(session, requirements);
      if (!refusal) return next();
      if (refusal.status === 401 && isPage(raw)) return redirectToLogin(site, context, requirements);
      return sendRefusal(context, refusal);
    };
  };
}

/** A person may be looking at it. A script's fetch gets the refusal, which it can handle, and no redirect. */
const isPage = (request: Request) =>
  isSafeMethod(request) && request.headers.get('sec-fetch-mode') !== 'cors';

/** To this site's own login address, which holds no secret and begins no login for a prefetch. */
function redirectToLogin({ loginPath }: GuardSite, context: Context, stepUp: StepUp): Response {
  const { pathname, search } = new URL(context.req.url);
  return withNoStore(context.redirect(loginPath(pathname + search, stepUp), 303));
}
