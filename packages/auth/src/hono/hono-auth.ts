import type { MiddlewareHandler } from 'hono';
import type { StepUp } from '../foundation/index.ts';
import { createGuard, type Guard } from './guard.ts';
import { createMiddleware } from './middleware.ts';
import { createSendRefusal, type RefusalPage } from './refusal.ts';
import type { HonoSite, SessionVariables } from './site.ts';

export interface HonoAuthSettings {
  /** What people see of a 401, 403 or 503. The status stays what it is. Default: JSON `{ "error": … }`. */
  readonly refusalPage?: RefusalPage;
}

/** One Hono site's sign-in. */
export interface HonoAuth<P extends string, A extends string> {
  /** Answers `/auth/…`, refreshes sessions, signs in silently where that is on. Mount it first. */
  readonly middleware: MiddlewareHandler<{ Variables: SessionVariables<P, A> }>;
  /**
   * Lets signed-in people pass and sends others to the login, also whoever has to prove anew who they are; refuses
   * writes that no page of this site made (CSRF).
   */
  readonly requireSession: (stepUp?: StepUp) => Guard<P>;
  /** As `requireSession`, for people with a permission: 403 without it. */
  readonly requirePermission: (permission: P, stepUp?: StepUp) => Guard<P>;
}

/**
 * Wires a Hono site. The permissions are those of the site's contract: another one doesn't compile.
 *
 * @example
 * ```ts
 * const { middleware, requireSession, requirePermission } = createHonoAuth(site);
 * const app = new Hono()
 *   .use(middleware)
 *   .get('/orders', requireSession(), (context) => context.json({ of: context.get('session').user.sub }))
 *   .post('/refunds', requirePermission('shop:refunds.write', { maxAgeSeconds: 300 }), refund);
 * ```
 */
export function createHonoAuth<P extends string, A extends string>(
  site: HonoSite<P, A>,
  { refusalPage }: HonoAuthSettings = {},
): HonoAuth<P, A> {
  const sendRefusal = createSendRefusal(refusalPage);
  const guard = createGuard<P>(site, sendRefusal);
  return {
    middleware: createMiddleware(site, sendRefusal),
    requireSession: guard,
    requirePermission: (permission, stepUp) => guard({ ...stepUp, permission }),
  };
}
