import {
  findCsrfRefusal,
  findSessionRefusal,
  isTransient,
  type SessionRequirements,
  withNoStore,
} from '../client/index.ts';
import { requireValidStepUp, RETRY_AFTER_SECONDS } from '../foundation/index.ts';
import type { SessionView } from '../session/index.ts';
import type { GuardTools } from './guards.ts';

type Handler<P extends string, Rest extends unknown[]> = (
  request: Request,
  session: SessionView<P>,
  ...rest: Rest
) => Response | Promise<Response>;

export type HandlerGuard<P extends string> = <Rest extends unknown[]>(
  handle: Handler<P, Rest>,
  requirements?: SessionRequirements<P>,
) => (request: Request, ...rest: Rest) => Promise<Response>;

/** Answers 401, 403, and 503 while the site's store, or the provider that the handler calls, is down. */
export function createHandlerGuard<P extends string>(tools: GuardTools<P>): HandlerGuard<P> {
  return (handle, requirements = {}) => {
    requireValidStepUp(requirements);
    return async (request, ...rest) => {
      await tools.framework.connection(); // a build calls handlers too, and has no options
      try {
        const session = await findAllowedSession(tools, request, requirements);
        return withNoStore(session instanceof Response ? session : await handle(request, session, ...rest));
      } catch (error) {
        if (!isTransient(error)) throw error;
        return withNoStore(
          refuse(503, 'temporarily_unavailable', { 'retry-after': String(RETRY_AFTER_SECONDS) }),
        );
      }
    };
  };
}

/** The session, refreshed, or the refusal. People may work through handlers alone, with no `proxy.ts` that refreshes. */
async function findAllowedSession<P extends string>(
  { site, refresh }: GuardTools<P>,
  request: Request,
  requirements: SessionRequirements<P>,
): Promise<SessionView<P> | Response> {
  const forged = findCsrfRefusal(site(), request);
  if (forged) return refuse(forged.status, forged.error);
  const session = await refresh();
  const refusal = findSessionRefusal(session, requirements);
  return refusal || !session ? refuse(refusal?.status ?? 401, refusal?.error ?? 'session_invalid') : session;
}

const refuse = (status: number, error: string, headers: Record<string, string> = {}) =>
  Response.json({ error }, { status, headers });
