import { forgeryOf, isTransient, personal, refusalOf, type SessionNeed } from '../client/index.ts';
import { requireValidStepUp, RETRY_AFTER_SECONDS } from '../foundation/index.ts';
import type { SessionView } from '../session/index.ts';
import type { GuardTools } from './guards.ts';

type Handler<P extends string, Rest extends unknown[]> = (
  request: Request,
  session: SessionView<P>,
  ...rest: Rest
) => Response | Promise<Response>;

export type HandlerGuard<P extends string> = <Rest extends unknown[]>(
  answer: Handler<P, Rest>,
  need?: SessionNeed<P>,
) => (request: Request, ...rest: Rest) => Promise<Response>;

/** Answers 401, 403, and 503 while the site's store or, for the handler's own calls, the provider is away. */
export function createHandlerGuard<P extends string>(tools: GuardTools<P>): HandlerGuard<P> {
  return (answer, need = {}) => {
    requireValidStepUp(need);
    return async (request, ...rest) => {
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
  };
}

/** The session, renewed: no proxy need stand before a handler, and people may work through handlers alone. */
async function admit<P extends string>(
  { site, renew }: GuardTools<P>,
  request: Request,
  need: SessionNeed<P>,
): Promise<SessionView<P> | Response> {
  const forgery = forgeryOf(site(), request);
  if (forgery) return refuse(forgery.status, forgery.error);
  const session = await renew();
  const refusal = refusalOf(session, need);
  return refusal || !session ? refuse(refusal?.status ?? 401, refusal?.error ?? 'session_invalid') : session;
}

const refuse = (status: number, error: string, headers: Record<string, string> = {}) =>
  Response.json({ error }, { status, headers });
