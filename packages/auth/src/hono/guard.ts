import type { Context, MiddlewareHandler } from 'hono';
import { personal, type RelyingParty } from '../client/index.ts';
import type { StepUp } from '../foundation/index.ts';
import type { SessionView } from '../session/index.ts';
import type { Refusal, Refuse } from './refusal.ts';

/** What a guarded route needs beside a session. */
interface Need<P extends string> extends StepUp {
  readonly permission?: P;
}

/** What a guard vouches for. */
export interface SignedInVariables<P extends string> {
  readonly session: SessionView<P>;
}

/** A middleware behind which somebody is signed in. */
export type Guard<P extends string> = MiddlewareHandler<{ Variables: SignedInVariables<P> }>;

type GuardSite = Pick<RelyingParty, 'loginPath' | 'isSameOrigin'>;

export function createGuard<P extends string>(site: GuardSite, refuse: Refuse): (need?: Need<P>) => Guard<P> {
  return (need = {}) =>
    async (context, next) => {
      // The type says what holds after this guard; here there may be nobody.
      const session: SessionView<P> | undefined = context.get('session');
      const { raw } = context.req;
      const refusal = refusalOf(site, raw, session, need);
      if (!refusal) return next();
      if (refusal.status === 401 && isPage(raw)) return toLogin(site, context, need);
      return refuse(context, refusal);
    };
}

/** Why a request may not pass. The CSRF check comes first: a foreign page learns nothing about the session. */
function refusalOf<P extends string>(
  site: GuardSite,
  request: Request,
  session: SessionView<P> | undefined,
  need: Need<P>,
): Refusal | undefined {
  if (!isRead(request) && !site.isSameOrigin(request)) return { status: 403, error: 'csrf' };
  if (!session) return { status: 401, error: 'session_invalid' };
  if (!session.proves(need)) return { status: 401, error: 'insufficient_user_authentication' };
  if (need.permission === undefined || session.can(need.permission)) return undefined;
  return { status: 403, error: 'permission_insufficient' };
}

const isRead = ({ method }: Request) => method === 'GET' || method === 'HEAD';

/** Somebody may be looking at it. A script's fetch is better told than redirected. */
const isPage = (request: Request) => isRead(request) && request.headers.get('sec-fetch-mode') !== 'cors';

/** To the login's own address: it holds no secret and begins nothing for a prefetch. */
function toLogin({ loginPath }: GuardSite, context: Context, stepUp: StepUp): Response {
  const { pathname, search } = new URL(context.req.url);
  return personal(context.redirect(loginPath(pathname + search, stepUp), 303));
}
