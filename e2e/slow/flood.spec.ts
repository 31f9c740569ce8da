import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from '@playwright/test';
import { type FloodedProvider, type FloodKind, startFloodedProvider } from './flooded-provider.ts';

const FLOOD_SECONDS = 10;
/** As the README says: 16 KiB for each of 4,000 requests of one network, and what SQLite keeps in its -wal file. */
const MOST_MIB = 64 + 5;
const OFFICE = '203.0.113.7';
const ELSEWHERE = '198.51.100.9';

const floods: readonly (readonly [what: string, kind: FloodKind, from: string])[] = [
  ['that nobody opens, from the same network', 'unopened', OFFICE],
  ['that nobody opens, from another network', 'unopened', ELSEWHERE],
  ['whose pages are opened, from the same network', 'opened', OFFICE],
  ['whose pages are opened, from another network', 'opened', ELSEWHERE],
];

for (const [what, kind, from] of floods)
  test(`F-14 while requests flood in ${what}, somebody signs in as ever, and the database stays small`, async () => {
    await using provider = await startFloodedProvider();
    const before = await signInFor(provider, 2);
    const size = await provider.size();
    let during: readonly number[] = [];
    const { requests, statuses } = await provider.flood(kind, from, async () => {
      during = await signInFor(provider, FLOOD_SECONDS);
    });
    const grown = (await provider.size()) - size;

    const figures = `${requests} requests in ${FLOOD_SECONDS} s: ${during.length} sign-ins, median ${medianOf(during)} ms (before: ${medianOf(before)} ms), ${grown.toFixed(1)} MiB more`;
    test.info().annotations.push({ type: 'figures', description: figures });
    process.stdout.write(`${what}: ${figures}\n`);
    expect(during.length).toBeGreaterThan(2);
    expect(statuses.toSorted((a, b) => a - b)).toEqual(kind === 'opened' ? [200, 303] : [303]);
    expect(grown).toBeLessThan(MOST_MIB);
  });

/** Signs in with one new browser after the other. Throws where one can't. */
async function signInFor(provider: FloodedProvider, seconds: number): Promise<number[]> {
  const end = performance.now() + seconds * 1000;
  const times: number[] = [];
  while (performance.now() < end) {
    times.push(await provider.signIn(OFFICE));
    await delay(100);
  }
  return times;
}

function medianOf(times: readonly number[]): number {
  return Math.round(times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0);
}
