import type { Context, MiddlewareHandler, Next } from 'hono';
import type { AccessToken, TokenRequirement, ResourceServer } from '../resource/index.ts';

/** What the middleware leaves in `context.get('token')`. */
export interface BearerVariables<P extends string, A extends string = string> {
  readonly token: AccessToken<P, A>;
}

/**
 * Lets requests pass that carry a valid Bearer token with what is needed; answers all others with the exact
 * challenge (RFC 6750 §3).
 *
 * @example
 * ```ts
 * app.get('/api/orders', bearer(api, { permission: 'shop:orders.read' }), (context) => context.json(ordersOf(context.get('token').sub)));
 * ```
 */
export function bearer<P extends string, A extends string>(
  api: Pick<ResourceServer<P, A>, 'guard'>,
  requirement?: TokenRequirement<P>,
): MiddlewareHandler<{ Variables: BearerVariables<P, A> }> {
  const guarded = api.guard(
    async (_request, token, context: Context<{ Variables: BearerVariables<P, A> }>, next: Next) => {
      context.set('token', token);
      await next();
      return context.res;
    },
    requirement,
  );
  return async (context, next) => {
    const answer = await guarded(context.req.raw, context, next);
    if (context.finalized && context.res !== answer) {
      // Once a handler has answered, Hono drops what a middleware returns, and merges headers into what it is given.
      context.res = undefined;
      context.res = answer;
    }
    return answer;
  };
}
