import { Hono } from 'hono';
import type { People } from '../sources/people.ts';
import { requireOwnHost } from './own-host.ts';
import type { History } from './history.ts';
import type { PageFiles } from './page-files.ts';
import { streamRecords } from './stream-records.ts';

export interface ExplorerOptions {
  /** The only origin that this answers for. */
  readonly origin: string;
  readonly history: History;
  readonly people: () => People;
  readonly files: PageFiles;
  /** Addresses of the sites, for the tour. */
  readonly sites: Readonly<Record<string, string>>;
}

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
  app.get('/records', (context) => streamRecords(context, history));
  return app;
}
