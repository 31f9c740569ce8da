import type { Context, MiddlewareHandler } from 'hono';
import { createApiFetch, isTransient, type UpdatedSession, varyByCookie } from '../client/index.ts';
import type { SendRefusal } from './refusal.ts';
import type { HonoSite, SessionVariables } from './site.ts';

export function createMiddleware<P extends string, A extends string>(
  site: Pick<HonoSite<P, A>, 'handler' | 'updateSession' | 'proofs'>,
  sendRefusal: SendRefusal,
): MiddlewareHandler<{ Variables: SessionVariables<P, A> }> {
  return async (context, next) => {
    const response = await site.handler(context.req.raw);
    if (response) return response;
    const updated = await updateUnlessDown(site, context.req.raw);
    if (!updated) return sendRefusal(context, { status: 503, error: 'temporarily_unavailable' });
    if (updated.response) return updated.response;
    context.set('session', updated.session);
    context.set('tokenFor', updated.tokenFor);
    context.set(
      'apiFetch',
      createApiFetch(updated.tokenFor, () => site.proofs),
    );
    await next();
    setCookies(context, updated);
    return undefined;
  };
}

/** `undefined` while the site's store is down. Only requests with a session ask the store, so visitors don't notice. */
async function updateUnlessDown<P extends string, A extends string>(
  site: Pick<HonoSite<P, A>, 'updateSession'>,
  request: Request,
): Promise<UpdatedSession<P, A> | undefined> {
  try {
    return await site.updateSession(request);
  } catch (error) {
    if (!isTransient(error)) throw error;
    return undefined;
  }
}

/** Through `context.header`, which copies immutable responses: those of `fetch` and `Response.redirect`. */
function setCookies(
  context: Context,
  { session, cookies }: Pick<UpdatedSession<string>, 'cookies'> & { readonly session: unknown },
): void {
  for (const { line } of cookies) context.header('set-cookie', line, { append: true });
  if (!session && cookies.length === 0) return;
  context.header('cache-control', 'private, no-store');
  context.header('vary', varyByCookie(context.res.headers.get('vary')));
}
