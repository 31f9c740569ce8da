import type { Context } from 'hono';
import { type SSEStreamingApi, streamSSE } from 'hono/streaming';
import type { DiagramRecord } from '../records/record.ts';
import type { History } from './history.ts';

/** So many records go out at once, so that a page draws while more are on the way. */
const BATCH = 500;
/** A stream without a word is closed by some proxies. */
const KEEP_ALIVE_SECONDS = 15;

/** What a stream still has to send, and who waits for more. */
interface Outgoing {
  waiting: DiagramRecord[];
  wake: () => void;
}

const nobodyWaits = () => {};

/** Sends what was read, then what is read from then on; a browser that comes back names the last it got. */
export function streamRecords(context: Context, history: History): Response {
  return streamSSE(context, async (stream) => {
    const outgoing: Outgoing = { waiting: [...history.since(lastIdOf(context))], wake: nobodyWaits };
    const stop = history.listen((records) => {
      outgoing.waiting.push(...records);
      outgoing.wake();
    });
    stream.onAbort(() => {
      stop();
      outgoing.wake();
    });
    while (!stream.aborted) {
      await sendBatch(stream, outgoing);
      if (outgoing.waiting.length === 0) await untilMore(outgoing);
    }
  });
}

function lastIdOf(context: Context): number {
  const last = Number(context.req.header('last-event-id') ?? 0);
  return Number.isSafeInteger(last) ? last : 0;
}

async function sendBatch(stream: SSEStreamingApi, outgoing: Outgoing): Promise<void> {
  const batch = outgoing.waiting.slice(0, BATCH);
  outgoing.waiting = outgoing.waiting.slice(BATCH);
  const last = batch.at(-1);
  if (last) await stream.writeSSE({ data: JSON.stringify(batch), id: String(last.id) });
  else await stream.writeSSE({ event: 'idle', data: '' });
}

async function untilMore(outgoing: Outgoing): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  outgoing.wake = resolve;
  const timer = setTimeout(resolve, KEEP_ALIVE_SECONDS * 1000);
  await promise;
  clearTimeout(timer);
}
