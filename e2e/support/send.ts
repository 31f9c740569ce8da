import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { text } from 'node:stream/consumers';

export interface Outgoing {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly form?: URLSearchParams;
}

/**
 * One HTTPS request with exactly these headers, redirects left to the caller. Node's `fetch` sets `Sec-Fetch-Mode`
 * itself, so it can't stand for a browser that opens a page.
 */
export async function send(
  url: string,
  { method = 'GET', headers = {}, form }: Outgoing = {},
): Promise<Response> {
  const body = form?.toString();
  const type = body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' };
  const message = await new Promise<IncomingMessage>((resolve, reject) => {
    request(url, { method, headers: { ...type, ...headers } }, resolve)
      .on('error', reject)
      .end(body);
  });
  return toResponse(message);
}

async function toResponse(message: IncomingMessage): Promise<Response> {
  const status = message.statusCode ?? 0;
  const content = await text(message);
  const headers = new Headers();
  for (const [name, values = []] of Object.entries(message.headersDistinct)) {
    for (const value of values) headers.append(name, value);
  }
  return new Response([101, 204, 205, 304].includes(status) ? null : content, { status, headers });
}
