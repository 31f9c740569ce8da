import { isTransient, personal, RETRY_AFTER_SECONDS } from '../client/index.ts';
import type { SessionView } from '../session/index.ts';
import type { GuardTools, Need } from './guards.ts';

type Handler<P extends string, Rest extends unknown[]> = (
  request: Request,
  session: SessionView<P>,
  ...rest: Rest
) => Response | Promise<Response>;

export type HandlerGuard<P extends string> = <Rest extends unknown[]>(
  answer: Handler<P, Rest>,
  need?: Need<P>,
) => (request: Request, ...rest: Rest) => Promise<Response>;

/** Answers 401, 403, and 503 while the site's store or, for the handler's own calls, the provider is away. */
export function createHandlerGuard<P extends string>(tools: GuardTools<P>): HandlerGuard<P> {
  return (answer, need = {}) =>
    async (request, ...rest) => {
      try {
        const session = await admit(tools, request, need);
        return personal(session instanceof Response ? session : await answer(request, session, ...rest));
      } catch (error) {
        if (!isTransient(error)) throw error;
        return personal(
          refuse(503, 'temporarily_unavailable', { 'retry-after': String(RETRY_AFTER_SECONDS) }),
        );
      }
    };
}

/** The session, renewed: no proxy need stand before a handler, and people may work through handlers alone. */
async function admit<P extends string>(
  { site, renew }: GuardTools<P>,
  request: Request,
  need: Need<P>,
): Promise<SessionView<P> | Response> {
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  if (!isRead && !site().isSameOrigin(request)) return refuse(403, 'csrf');
  const session = await renew();
  if (!session) return refuse(401, 'session_invalid');
  if (!session.proves(need)) return refuse(401, 'insufficient_user_authentication');
  if (need.permission === undefined || session.can(need.permission)) return session;
  return refuse(403, 'permission_insufficient');
}

const refuse = (status: number, error: string, headers: Record<string, string> = {}) =>
  Response.json({ error }, { status, headers });
