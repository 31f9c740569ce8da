import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasPostgres, startPostgres } from '../../apps/idp/test/throwaway-postgres.ts';
import type { Bench } from '../bench.ts';
import { buildProvider, fetchPeers } from '../fetch-peers.ts';
import { toTable } from '../table.ts';
import type { Contender } from './contender.ts';
import { goalRows } from './goals.ts';
import { type Figures, measureIdleMemory, measureScenario, median, type Result } from './measure.ts';
import { startOurs } from './ours.ts';
import { startFloor, startOidcProvider } from './peers.ts';
import { scenarios } from './scenarios.ts';

export const idp: Bench = {
  name: 'idp',
  what: 'the provider beside others: code rounds, refresh, client_credentials, userinfo, introspection, JWKS',
  async run(print) {
    print('fetching the peers, building the provider …');
    await fetchPeers();
    await buildProvider();
    await using disposal = new AsyncDisposableStack();
    const contenders = await startAll(disposal);
    const memory = await measureIdleMemory(contenders);
    const results: Result[] = [];
    for (const scenario of scenarios) {
      print(`${scenario.name} …`);
      const figures = await measureScenario(scenario, contenders);
      results.push({ scenario: scenario.name, figures: contenders.map((one) => figures.get(one)) });
    }
    const columns = contenders.map(({ name }) => name);
    const rows = [
      ...results.map(({ scenario, figures }) => [scenario, ...figures.map(cellOf)]),
      ['idle memory, MiB', ...memory.map((mebibytes) => mebibytes.toFixed(0))],
      ['start, ms', ...contenders.map(({ startMilliseconds }) => startMilliseconds.toFixed(0))],
    ];
    const measured = toTable(['a second (min–max; ms of processor each)', ...columns], rows);
    const goals = toTable(
      ['goal', 'at least', 'measured', 'reached'],
      goalRows({ columns, results, memory }),
    );
    return `${measured}\n\n${goals}`;
  },
};

async function startAll(disposal: AsyncDisposableStack): Promise<readonly Contender[]> {
  const place = mkdtempSync(join(tmpdir(), 'bench-idp-'));
  disposal.defer(() => rmSync(place, { recursive: true }));
  const sqlite = `file:${join(place, 'idp.sqlite')}`;
  const starts = [
    () => startOurs({ name: 'ours, SQLite', place, databaseUrl: sqlite }),
    () => startOidcProvider(place),
    () => startFloor(place),
  ];
  if (hasPostgres) {
    const { url } = disposal.use(await startPostgres());
    starts.push(() => startOurs({ name: 'ours, PostgreSQL', place, databaseUrl: url }));
  }
  const contenders: Contender[] = [];
  for (const start of starts) {
    const contender = await start();
    disposal.defer(() => contender.stop());
    contenders.push(contender);
  }
  return contenders;
}

function cellOf(figures: Figures | undefined): string {
  if (!figures) return '–';
  const { rates, costs } = figures;
  const [least, most] = [Math.min(...rates), Math.max(...rates)].map(Math.round);
  return `${Math.round(median(rates))} (${least}–${most}; ${median(costs).toFixed(2)})`;
}
