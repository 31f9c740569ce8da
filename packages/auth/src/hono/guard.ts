import type { Context, MiddlewareHandler } from 'hono';
import {
  forgeryOf,
  isRead,
  personal,
  refusalOf,
  type RelyingParty,
  type SessionNeed,
} from '../client/index.ts';
import { requireValidStepUp, type StepUp } from '../foundation/index.ts';
import type { SessionView } from '../session/index.ts';
import type { Refuse } from './refusal.ts';

/** What a guard vouches for. */
export interface SignedInVariables<P extends string> {
  readonly session: SessionView<P>;
}

/** A middleware behind which somebody is signed in. */
export type Guard<P extends string> = MiddlewareHandler<{ Variables: SignedInVariables<P> }>;

type GuardSite = Pick<RelyingParty, 'loginPath' | 'isSameOrigin'>;

export function createGuard<P extends string>(
  site: GuardSite,
  refuse: Refuse,
): (need?: SessionNeed<P>) => Guard<P> {
  return (need = {}) => {
    requireValidStepUp(need);
    return async (context, next) => {
      // The type says what holds after this guard; here there may be nobody.
      const session: SessionView<P> | undefined = context.get('session');
      const { raw } = context.req;
      const refusal = forgeryOf(site, raw) ?? refusalOf(session, need);
      if (!refusal) return next();
      if (refusal.status === 401 && isPage(raw)) return toLogin(site, context, need);
      return refuse(context, refusal);
    };
  };
}

/** Somebody may be looking at it. A script's fetch is better told than redirected. */
const isPage = (request: Request) => isRead(request) && request.headers.get('sec-fetch-mode') !== 'cors';

/** To the login's own address: it holds no secret and begins nothing for a prefetch. */
function toLogin({ loginPath }: GuardSite, context: Context, stepUp: StepUp): Response {
  const { pathname, search } = new URL(context.req.url);
  return personal(context.redirect(loginPath(pathname + search, stepUp), 303));
}
