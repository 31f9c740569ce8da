import type { StepUp } from '../../foundation/index.ts';
import type { SessionView } from '../../session/index.ts';

/** What a guarded page, action or handler requires beside a session; a recent and strong enough proof included. */
export interface SessionRequirements<P extends string> extends StepUp {
  readonly permission?: P;
}

/** Why a request is refused. */
export interface SessionRefusal {
  readonly status: 401 | 403;
  readonly error: 'csrf' | 'session_invalid' | 'insufficient_user_authentication' | 'permission_insufficient';
}

/** Whether the method is safe (RFC 9110 §9.2.1): such a request must change nothing, so it needs no CSRF check. */
export const isSafeMethod = ({ method }: Request): boolean => method === 'GET' || method === 'HEAD';

/** The refusal of a session that lacks something required; `undefined` where it has everything. */
export function findSessionRefusal<P extends string>(
  session: SessionView<P> | undefined,
  requirements: SessionRequirements<P>,
): SessionRefusal | undefined {
  const { permission } = requirements;
  if (!session) return { status: 401, error: 'session_invalid' };
  if (!session.proves(requirements)) return { status: 401, error: 'insufficient_user_authentication' };
  if (permission === undefined || session.can(permission)) return undefined;
  return { status: 403, error: 'permission_insufficient' };
}

/** The refusal of a write that no page of this site made. Look for it first: it tells a foreign page nothing of the session. */
export function findCsrfRefusal(
  site: { readonly isSameOrigin: (request: Request) => boolean },
  request: Request,
): SessionRefusal | undefined {
  return isSafeMethod(request) || site.isSameOrigin(request) ? undefined : { status: 403, error: 'csrf' };
}
