import type { Context } from 'hono';
import { type SessionRefusal, withNoStore } from '../client/index.ts';
import { RETRY_AFTER_SECONDS } from '../foundation/index.ts';

/** Why a request is refused. 503: the site's own store is down, so its session can't be read. */
export type Refusal = SessionRefusal | { readonly status: 503; readonly error: 'temporarily_unavailable' };

/** @example `({ status }, context) => context.html(pageOf(status))` */
export type RefusalPage = (refusal: Refusal, context: Context) => Response | Promise<Response>;

export type SendRefusal = (context: Context, refusal: Refusal) => Promise<Response>;

/** Refusals look as the site wants. They are never cached, and keep their status. */
export function createSendRefusal(page: RefusalPage = asJson): SendRefusal {
  return async (context, refusal) => {
    const { body, headers } = await page(refusal, context);
    const response = withNoStore(new Response(body, { status: refusal.status, headers }));
    if (refusal.status === 503) response.headers.set('retry-after', String(RETRY_AFTER_SECONDS));
    return response;
  };
}

const asJson: RefusalPage = ({ error }) => Response.json({ error });
