import { serve } from '@hono/node-server';
import { readEnv } from './env.ts';
import { readPeople } from './sources/people.ts';
import { followLogs } from './sources/follow-logs.ts';
import { createExplorer } from './server/explorer-app.ts';
import { createHistory } from './server/history.ts';
import { createPageFiles } from './server/page-files.ts';

const MESSAGES = 5000;

const env = readEnv();
const history = createHistory(MESSAGES);
const ending = new AbortController();
const app = createExplorer({
  origin: env.ORIGIN,
  history,
  people: () => readPeople(env.PEOPLE_DATABASE),
  files: createPageFiles(),
  sites: env.SITES,
});
const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: env.PORT }, () => {
  process.stdout.write(`Explorer ${env.ORIGIN}\n`);
});
process.once('SIGTERM', () => {
  ending.abort();
  server.close();
  if ('closeAllConnections' in server) server.closeAllConnections();
});
await followLogs(env, { add: history.add, signal: ending.signal });
