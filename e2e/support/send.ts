import { type IncomingMessage, request as requestPlain } from 'node:http';
import { request as requestTls } from 'node:https';
import { text } from 'node:stream/consumers';

export interface Outgoing {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly form?: URLSearchParams;
  /** Sent in place of a form; the caller sets `content-type`. */
  readonly body?: string | Uint8Array;
  /** The exact request target, in place of the address's own path: an attacker may write anything there. */
  readonly path?: string;
}

/**
 * One request with exactly these headers, redirects left to the caller. Node's `fetch` sets `Sec-Fetch-Mode`
 * itself, so it can't stand for a browser that opens a page.
 */
export async function send(
  url: string,
  { method = 'GET', headers = {}, form, body, path }: Outgoing = {},
): Promise<Response> {
  const type = form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' };
  const request = url.startsWith('https:') ? requestTls : requestPlain;
  const options = { method, headers: { ...type, ...headers }, ...(path === undefined ? {} : { path }) };
  const message = await new Promise<IncomingMessage>((resolve, reject) => {
    request(url, options, resolve)
      .on('error', reject)
      .end(form?.toString() ?? body);
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
