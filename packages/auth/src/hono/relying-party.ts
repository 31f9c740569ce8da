import type { MiddlewareHandler } from 'hono';
import type { StepUp } from '../foundation/index.ts';
import type { RelyingParty } from '../client/index.ts';
import type { SessionView } from '../session/index.ts';

/** What the middleware leaves in `context.get('session')`. */
export interface SessionVariables<P extends string = string> {
  readonly session: SessionView<P> | undefined;
}

type SessionMiddleware<P extends string> = MiddlewareHandler<{ Variables: SessionVariables<P> }>;

/**
 * Signs people in to a Hono app: answers `/auth/…`, renews sessions, asks silently where that is on, and leaves the
 * session in the context. Mount it first.
 *
 * @example
 * ```ts
 * const app = new Hono<{ Variables: SessionVariables }>().use(relyingParty(site));
 * app.get('/orders', requireSession(site), (context) => context.json({ of: context.get('session')?.user.sub }));
 * ```
 */
export function relyingParty<P extends string>(site: RelyingParty<P>): SessionMiddleware<P> {
  return async (context, next) => {
    const own = await site.handle(context.req.raw);
    if (own) return own;
    const { answer, session, changes } = await site.pass(context.req.raw);
    if (answer) return answer;
    context.set('session', session);
    await next();
    for (const { line } of changes) context.header('set-cookie', line, { append: true });
    if (changes.length > 0 || session) keepPrivate(context.res.headers);
    return undefined;
  };
}

/**
 * Lets signed-in people pass and sends others to the login, also whoever has to prove anew who they are; refuses writes that no page of this site made (CSRF).
 */
export function requireSession<P extends string>(
  site: RelyingParty<P>,
  stepUp: StepUp = {},
): SessionMiddleware<P> {
  return async (context, next) => {
    const { method, raw } = context.req;
    const isRead = method === 'GET' || method === 'HEAD';
    if (!isRead && !site.isSameOrigin(raw)) return context.json({ error: 'csrf' }, 403);
    const session = context.get('session');
    if (session?.proves(stepUp)) return next();
    const error = session ? 'insufficient_user_authentication' : 'session_invalid';
    if (!isRead || raw.headers.get('sec-fetch-mode') === 'cors') return context.json({ error }, 401);
    const { pathname, search } = new URL(raw.url);
    return context.redirect(site.loginPath(pathname + search, stepUp), 303);
  };
}

/** Lets signed-in people with a permission pass. Stands after `requireSession`. */
export function requirePermission<P extends string>(permission: P): SessionMiddleware<P> {
  return async (context, next) => {
    if (context.get('session')?.can(permission)) return next();
    return context.json({ error: 'permission_insufficient' }, 403);
  };
}

function keepPrivate(headers: Headers): void {
  headers.set('cache-control', 'private, no-store');
  headers.append('vary', 'Cookie');
}
