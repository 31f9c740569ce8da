import { type IncomingMessage, request as requestPlain } from 'node:http';
import { request as requestTls } from 'node:https';
import type { CookieJar } from './cookie-jar.ts';

/** A tab's event stream, held without a browser. */
export interface EventStream {
  readonly status: number;
  /** Everything that it has said so far. */
  readonly text: () => string;
  /** Settles when the server ends it. */
  readonly ended: Promise<unknown>;
  readonly close: () => void;
}

/** Opens the stream of a site as its own script does. @param origin of the site, or of one process of it */
export async function openEventStream(
  origin: string,
  jar: CookieJar,
  site: string = origin,
): Promise<EventStream> {
  const headers = {
    cookie: jar.header(site),
    accept: '*/*',
    'sec-fetch-site': 'same-origin',
    'sec-fetch-mode': 'cors',
    'sec-fetch-dest': 'empty',
  };
  const open = origin.startsWith('https:') ? requestTls : requestPlain;
  const message = await new Promise<IncomingMessage>((resolve, reject) => {
    open(`${origin}/auth/events`, { headers, agent: false }, resolve).on('error', reject).end();
  });
  let text = '';
  message.setEncoding('utf8').on('data', (part) => (text += String(part)));
  const ended = new Promise((resolve) => message.on('close', resolve).on('error', resolve));
  return { status: message.statusCode ?? 0, text: () => text, ended, close: () => void message.destroy() };
}
