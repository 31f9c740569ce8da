import type { StepUp } from '../foundation/index.ts';
import type { SessionView } from '../session/index.ts';

/** What a guarded thing of a site needs beside a session; a proof that is recent and strong enough included. */
export interface SessionNeed<P extends string> extends StepUp {
  readonly permission?: P;
}

/** Why a request may not pass. */
export interface Refused {
  readonly status: 401 | 403;
  readonly error: 'csrf' | 'session_invalid' | 'insufficient_user_authentication' | 'permission_insufficient';
}

/** Whether a request only reads: nothing that changes anything may hang on it. */
export const isRead = ({ method }: Request): boolean => method === 'GET' || method === 'HEAD';

/** What a session lacks; `undefined` where it may pass. */
export function refusalOf<P extends string>(
  session: SessionView<P> | undefined,
  need: SessionNeed<P>,
): Refused | undefined {
  if (!session) return { status: 401, error: 'session_invalid' };
  if (!session.proves(need)) return { status: 401, error: 'insufficient_user_authentication' };
  if (need.permission === undefined || session.can(need.permission)) return undefined;
  return { status: 403, error: 'permission_insufficient' };
}

/** A write that no page of this site made. It is asked first: a foreign page learns nothing about the session. */
export function forgeryOf(
  site: { readonly isSameOrigin: (request: Request) => boolean },
  request: Request,
): Refused | undefined {
  return isRead(request) || site.isSameOrigin(request) ? undefined : { status: 403, error: 'csrf' };
}
