import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { People } from '../sources/people.ts';
import { requireOwnHost } from './own-host.ts';
import type { History } from './history.ts';
import type { PageFiles } from './page-files.ts';

export interface ExplorerOptions {
  /** The only origin that this answers for. */
  readonly origin: string;
  readonly history: History;
  readonly people: () => People;
  readonly files: PageFiles;
  /** Addresses of the sites, for the tour. */
  readonly sites: Readonly<Record<string, string>>;
}

const BATCH = 500;
/** Nobody waits yet. */
const sleepOn = () => {};
const KEEP_ALIVE_SECONDS = 15;

/** The explorer: one page, its files, and the stream of what was read. It changes nothing, so it takes no POST. */
export function createExplorer({ origin, history, people, files, sites }: ExplorerOptions): Hono {
  const app = new Hono();
  app.get('/healthz', (context) => context.text('ok'));
  app.use(requireOwnHost(origin));
  app.get('/', (context) => context.html(files.document));
  app.get('/explorer.css', (context) => context.body(files.styles, 200, { 'Content-Type': 'text/css' }));
  app.get('/explorer.js', async (context) =>
    context.body(await files.script(), 200, { 'Content-Type': 'text/javascript; charset=utf-8' }),
  );
  app.get('/facts', (context) => context.json({ people: people(), sites }));
  app.get('/records', (context) =>
    streamSSE(context, async (stream) => {
      const last = Number(context.req.header('last-event-id') ?? 0);
      let waiting = [...history.since(Number.isSafeInteger(last) ? last : 0)];
      let wake = sleepOn;
      const stop = history.listen((records) => {
        waiting.push(...records);
        wake();
      });
      stream.onAbort(() => {
        stop();
        wake();
      });
      while (!stream.aborted) {
        const batch = waiting.slice(0, BATCH);
        waiting = waiting.slice(BATCH);
        if (batch.length > 0)
          await stream.writeSSE({ data: JSON.stringify(batch), id: String(batch.at(-1)?.id ?? 0) });
        else await stream.writeSSE({ event: 'idle', data: '' });
        if (waiting.length === 0) {
          const { promise, resolve } = Promise.withResolvers<void>();
          wake = resolve;
          const timer = setTimeout(resolve, KEEP_ALIVE_SECONDS * 1000);
          await promise;
          clearTimeout(timer);
        }
      }
    }),
  );
  return app;
}
