import { RETRY_AFTER_SECONDS } from '../../foundation/index.ts';
import { cookieReader, findSession, hasOutdatedToken } from '../../session/index.ts';
import { noStoreResponse } from '../http/responses.ts';
import type { Site } from '../site.ts';
import { CHANGED, openStream } from './open-stream.ts';

/** More tabs than one process should hold connections for (F-14). */
const MAX_STREAMS = 10_000;
/** More browsers than one session has: tabs of one browser share a stream, and the others hold copies of its cookie. */
const MAX_PER_SESSION = 4;

/**
 * `GET /auth/events`: an event stream (HTML §9.2) that says `changed` as soon as the session was ended, here or by the
 * provider, or the provider said that the person's permissions have changed. It says nothing of anybody, and holding it is no use of the session. 204 where nobody is signed in, 404 where
 * the site has none, 429 where the session has enough: an `EventSource` then stops asking.
 */
export async function handleEvents(site: Site, request: Request): Promise<Response> {
  const refusal = findRefusal(site, request);
  if (refusal !== undefined) return refusal;
  const cookie = request.headers.get('cookie');
  const session = await site.keeper.find(cookieReader(cookie));
  if (!session) return noStoreResponse(null, { status: 204 });
  const own = [...site.memory.streams.open].filter((stream) => stream.session.id === session.id);
  if (own.length >= MAX_PER_SESSION) return noStoreResponse(null, { status: 429 });
  // First the stream, then the look: what is revoked between the two is heard.
  const { stream, body } = openStream(site, session, request.signal);
  let isCurrent = false;
  try {
    const found = await findSession(site, cookie);
    // A tab that looks brings a session up to date, unless nothing renews it.
    isCurrent = found !== undefined && (found.refreshToken === undefined || !hasOutdatedToken(site, found));
  } finally {
    if (!isCurrent) stream.end();
  }
  return streamResponse(isCurrent ? body : CHANGED);
}

function findRefusal({ options, memory }: Site, { headers }: Request): Response | undefined {
  if (options.eventStream === false) return noStoreResponse(null, { status: 404 });
  // Only the site's own script: a foreign page must not hold this site's connections.
  if (headers.get('sec-fetch-site') !== 'same-origin') return noStoreResponse(null, { status: 403 });
  const { open, isClosing } = memory.streams;
  if (!isClosing && open.size < MAX_STREAMS) return undefined;
  return noStoreResponse(null, { status: 503, headers: { 'retry-after': String(RETRY_AFTER_SECONDS) } });
}

function streamResponse(body: ReadableStream<Uint8Array> | string): Response {
  const headers = {
    'content-type': 'text/event-stream; charset=utf-8',
    // A server that compresses would keep the first words back.
    'cache-control': 'private, no-store, no-transform',
    'x-accel-buffering': 'no',
    // Nobody uses the connection again. One that is kept would hold up the end of the process for some seconds more.
    connection: 'close',
  };
  return noStoreResponse(body, { status: 200, headers });
}
