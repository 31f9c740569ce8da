import type { Context, MiddlewareHandler } from 'hono';
import { createApiFetch, isTransient, type Passage, varyByCookie } from '../client/index.ts';
import type { HonoSite, SessionVariables } from './hono-auth.ts';
import type { Refuse } from './refusal.ts';

export function createMiddleware<P extends string, A extends string>(
  site: Pick<HonoSite<P, A>, 'handle' | 'pass'>,
  refuse: Refuse,
): MiddlewareHandler<{ Variables: SessionVariables<P, A> }> {
  return async (context, next) => {
    const own = await site.handle(context.req.raw);
    if (own) return own;
    const passage = await passUnlessAway(site, context.req.raw);
    if (!passage) return refuse(context, { status: 503, error: 'temporarily_unavailable' });
    if (passage.answer) return passage.answer;
    context.set('session', passage.session);
    context.set('tokenFor', passage.tokenFor);
    context.set('apiFetch', createApiFetch(passage.tokenFor));
    await next();
    keepPassage(context, passage);
    return undefined;
  };
}

/** `undefined` while the site's store is away. Visitors' requests don't ask it; whose do are people signed in. */
async function passUnlessAway<P extends string, A extends string>(
  site: Pick<HonoSite<P, A>, 'pass'>,
  request: Request,
): Promise<Passage<P, A> | undefined> {
  try {
    return await site.pass(request);
  } catch (error) {
    if (!isTransient(error)) throw error;
    return undefined;
  }
}

/** Through `context.header`, which copies what can't be changed: the answers of `fetch` and `Response.redirect`. */
function keepPassage(
  context: Context,
  { session, changes }: Pick<Passage<string>, 'changes'> & { readonly session: unknown },
): void {
  for (const { line } of changes) context.header('set-cookie', line, { append: true });
  if (!session && changes.length === 0) return;
  context.header('cache-control', 'private, no-store');
  context.header('vary', varyByCookie(context.res.headers.get('vary')));
}
