import { setTimeout as delay } from 'node:timers/promises';
import { percentile } from '../percentile.ts';
import { type Connection, openConnection } from './connection.ts';
import type { Contender } from './contender.ts';
import type { Scenario } from './scenarios.ts';

const IN_FLIGHT = 8;
const ROUNDS = 5;
const ROUND_SECONDS = 0.8;
const WARM_UP_SECONDS = 0.8;

export interface Figures {
  /** Operations a second, each round. */
  readonly rates: number[];
  /** Processor time of the server for one, in milliseconds, each round. */
  readonly costs: number[];
}

/** A row of the table. */
export interface Result {
  readonly scenario: string;
  /** In the order of the columns. */
  readonly figures: readonly (Figures | undefined)[];
}

export const median = (values: readonly number[]): number => percentile(values, 50);

/** All contenders in turn, several rounds: what else the machine does meanwhile hits each of them. */
export async function measureScenario(
  scenario: Scenario,
  contenders: readonly Contender[],
): Promise<ReadonlyMap<Contender, Figures>> {
  const runs = new Map<Contender, Run>();
  for (const contender of contenders) runs.set(contender, await openRun(scenario, contender));
  const figures = new Map(contenders.map((one): [Contender, Figures] => [one, { rates: [], costs: [] }]));
  for (const run of runs.values()) await run.work(WARM_UP_SECONDS);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [contender, run] of runs) {
      const { rate, cost } = await run.work(ROUND_SECONDS);
      figures.get(contender)?.rates.push(rate);
      figures.get(contender)?.costs.push(cost);
    }
  }
  for (const run of runs.values()) run.close();
  return figures;
}

interface Client {
  readonly connection: Connection;
  readonly operate: () => Promise<void>;
}

interface Run {
  work(seconds: number): Promise<{ readonly rate: number; readonly cost: number }>;
  close(): void;
}

async function openRun(scenario: Scenario, contender: Contender): Promise<Run> {
  const clients: Client[] = [];
  for (let client = 0; client < IN_FLIGHT; client += 1) {
    const connection = await openConnection(contender.port);
    clients.push({ connection, operate: await scenario.prepare(contender, connection) });
  }
  return {
    async work(seconds) {
      const [began, cpu] = [performance.now(), contender.cpu()];
      const end = began + seconds * 1000;
      const counts = await Promise.all(clients.map(({ operate }) => repeat(operate, end)));
      const done = counts.reduce((sum, count) => sum + count, 0);
      const rate = done / ((performance.now() - began) / 1000);
      return { rate, cost: (contender.cpu() - cpu) / done };
    },
    close: () => clients.forEach(({ connection }) => connection.close()),
  };
}

async function repeat(operate: () => Promise<void>, end: number): Promise<number> {
  let done = 0;
  while (performance.now() < end) {
    await operate();
    done += 1;
  }
  return done;
}

const SETTLING_SECONDS = 2;

/** Resident memory of each before its first request, MiB. */
export async function measureIdleMemory(contenders: readonly Contender[]): Promise<readonly number[]> {
  await delay(SETTLING_SECONDS * 1000);
  return contenders.map((contender) => contender.memory());
}
