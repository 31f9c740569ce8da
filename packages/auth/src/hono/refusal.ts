import type { Context } from 'hono';
import { personal, type Refused } from '../client/index.ts';
import { RETRY_AFTER_SECONDS } from '../foundation/index.ts';

/** A request that was not let through. 503: the site's own store is away, and nobody knows who this is. */
export type Refusal = Refused | { readonly status: 503; readonly error: 'temporarily_unavailable' };

/** @example `({ status }, context) => context.html(pageOf(status))` */
export type RefusalPage = (refusal: Refusal, context: Context) => Response | Promise<Response>;

export type Refuse = (context: Context, refusal: Refusal) => Promise<Response>;

/** Refusals look as the site wants, and stay what they are: never cached, with their own status. */
export function createRefuse(page: RefusalPage = asJson): Refuse {
  return async (context, refusal) => {
    const { body, headers } = await page(refusal, context);
    const answer = personal(new Response(body, { status: refusal.status, headers }));
    if (refusal.status === 503) answer.headers.set('retry-after', String(RETRY_AFTER_SECONDS));
    return answer;
  };
}

const asJson: RefusalPage = ({ error }) => Response.json({ error });
