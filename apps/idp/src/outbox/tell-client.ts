import type { ClientFetch } from '../clients/client-fetch.ts';
import type { Client } from '../clients/client.ts';
import { messageOf } from '../foundation/error-message.ts';
import type { Notice } from '../store/index.ts';
import { noticeKinds, type NoticeSigner } from './notice-kinds.ts';

export interface TellContext extends NoticeSigner {
  readonly fetch: ClientFetch;
}

/** What one try came to: a status that is no delivery, or why there was no answer. */
export type TellResult =
  | { readonly type: 'delivered' }
  | { readonly type: 'refused'; readonly status: number }
  | { readonly type: 'failed'; readonly message: string };

/**
 * By these a site says that it does not know the address or the token. They are reported as what they seem to be and tried
 * again like all others: an ingress answers 404 for seconds, and a key may have been rotated a moment ago.
 */
const REFUSALS = [400, 404, 410, 501];

/** Tells a client one notice, once. Never rejects. */
export async function tellClient(context: TellContext, client: Client, notice: Notice): Promise<TellResult> {
  const { addressOf, render, deliveredBy } = noticeKinds[notice.kind];
  const address = addressOf(client);
  if (address === undefined) return { type: 'failed', message: 'the client has no address for it' };
  try {
    const { contentType, body } = await render(context, client, notice);
    const request = { method: 'POST', headers: { 'content-type': contentType }, body };
    const { status } = await context.fetch(client)(address, request);
    if (deliveredBy.includes(status)) return { type: 'delivered' };
    return REFUSALS.includes(status)
      ? { type: 'refused', status }
      : { type: 'failed', message: `its server answers ${status}` };
  } catch (error) {
    return { type: 'failed', message: messageOf(error) };
  }
}
