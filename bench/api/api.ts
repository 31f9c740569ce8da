import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bench } from '../bench.ts';
import { toTable } from '../table.ts';

const ROUNDS = 15;
const CALLS = 1500;
const IN_FLIGHT = 8;
/** What the check may cost, of the same call without it. */
const GOAL = 0.03;

export const api: Bench = {
  name: 'api',
  what: 'an API call with a Bearer token that was seen before, beside the same call without a check',
  async run(print) {
    const folder = mkdtempSync(join(tmpdir(), 'bench-api-'));
    const server = fork(new URL('server.ts', import.meta.url), [join(folder, 'db')]);
    const { port, token } = await next<{ readonly port: number; readonly token: string }>(server);
    const spent = new Map<string, number[]>([
      ['/open', []],
      ['/checked', []],
    ]);
    for (const path of spent.keys()) await call(port, path, token, CALLS);
    for (let round = 0; round < ROUNDS; round += 1) {
      print(`round ${round + 1} of ${ROUNDS} …`);
      for (const [path, times] of spent) {
        const before = await cpuOf(server);
        await call(port, path, token, CALLS);
        times.push(((await cpuOf(server)) - before) / CALLS);
      }
    }
    server.disconnect();
    await once(server, 'exit');
    rmSync(folder, { recursive: true });
    return report(spent.get('/open') ?? [], spent.get('/checked') ?? []);
  },
};

/** What the server says next; `server.ts` is the other end, and says nothing else. */
const next = async <T>(server: ChildProcess): Promise<T> => {
  const [message]: T[] = await once(server, 'message');
  if (message === undefined) throw new Error('the server said nothing');
  return message;
};

/** Microseconds of processor so far. */
async function cpuOf(server: ChildProcess): Promise<number> {
  const answer = next<{ readonly cpu: NodeJS.CpuUsage }>(server);
  server.send('cpu');
  const { cpu } = await answer;
  return cpu.user + cpu.system;
}

async function call(port: number, path: string, token: string, times: number): Promise<void> {
  let left = times;
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      const response = await fetch(`http://127.0.0.1:${port}${path}`, {
        headers: { authorization: `Bearer ${token}` },
      });
      if (response.status !== 200) throw new Error(`${path} answered ${response.status}`);
      await response.text();
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
}

function report(open: readonly number[], checked: readonly number[]): string {
  // Each round with its neighbour, so that a busy moment of the machine meets both.
  const more = median(checked.map((time, round) => time / (open[round] ?? Number.NaN) - 1));
  const row = (what: string, times: readonly number[], goal: string, ratio: string) => [
    what,
    median(times).toFixed(0),
    goal,
    ratio,
  ];
  return toTable(
    ['the shop’s list of products', 'µs of the server’s processor', 'goal', 'dearer'],
    [
      row('without a check', open, '', ''),
      row('with Bearer', checked, `≤ ${GOAL * 100} %`, `${(more * 100).toFixed(1)} %`),
    ],
  );
}

const median = (values: readonly number[]) =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
