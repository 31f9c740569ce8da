import { findEnd, findTokenTime, type Session, toRevocable } from '../../session/index.ts';
import type { Site } from '../site.ts';
import type { OpenStream } from './event-streams.ts';
import { keepFollowing } from './follow-revocations.ts';

/** Where the store can't say what other processes revoked, each tab asks this often. */
const BLIND_SECONDS = 60;

interface OpenedStream {
  readonly stream: OpenStream;
  readonly body: ReadableStream<Uint8Array>;
}

/** Registers a stream for a session: from here on it hears of everything that ends it. */
export function openStream(site: Site, session: Session, signal: AbortSignal): OpenedStream {
  const { streams } = site.memory;
  const channel = createChannel(() => stream.end());
  const stream: OpenStream = {
    session: { ...toRevocable(session), id: session.id },
    tokenIssuedAt: findTokenTime(site, session),
    endsAt: endOf(site, session),
    beat: () => channel.send(':\n\n'),
    end(word) {
      if (!streams.open.delete(stream)) return;
      if (word !== undefined) channel.send(CHANGED);
      channel.close();
    },
  };
  streams.open.add(stream);
  signal.addEventListener('abort', () => stream.end(), { once: true });
  keepFollowing(site);
  return { stream, body: channel.body };
}

/** The one message of these streams (HTML §9.2.6). */
export const CHANGED = 'data: changed\n\n';

/** A stream is no use of the session: it ends with the session as its cookie says it. */
function endOf(site: Site, session: Session): number {
  const end = findEnd(site, session);
  const store = site.options.revocations;
  return store && !store.findSince ? Math.min(end, site.clock() + BLIND_SECONDS) : end;
}

interface Channel {
  readonly body: ReadableStream<Uint8Array>;
  readonly send: (text: string) => void;
  readonly close: () => void;
}

/** @param onLeave is called when the reader goes away. */
function createChannel(onLeave: () => void): Channel {
  const encoder = new TextEncoder();
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  const body = new ReadableStream<Uint8Array>({
    start(started) {
      controller = started;
      // The first bytes at once: the tab then knows that the server listens.
      started.enqueue(encoder.encode('retry: 2000\n\n'));
    },
    cancel() {
      controller = undefined;
      onLeave();
    },
  });
  return {
    body,
    send: (text) => controller?.enqueue(encoder.encode(text)),
    close() {
      controller?.close();
      controller = undefined;
    },
  };
}
