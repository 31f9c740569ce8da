import { describe, expect, it } from 'vitest';
import { singleFlight, type SingleFlights } from './single-flight.ts';

let now = 100;
const clock = () => now;

function counted(keepSeconds: number) {
  const results: SingleFlights<number> = new Map();
  let runs = 0;
  const work = { clock, run: async () => (runs += 1), timeoutSeconds: 4, keepSeconds: () => keepSeconds };
  return { results, ask: (key: string) => singleFlight(results, key, work), runs: () => runs };
}

describe('work in a single flight', () => {
  it('runs once for all who ask while it runs', async () => {
    const { ask, runs } = counted(0);
    expect(await Promise.all([ask('a'), ask('a'), ask('a')])).toEqual([1, 1, 1]);
    expect(runs()).toBe(1);
  });

  it('is remembered for its time and no longer', async () => {
    const { ask, runs } = counted(10);
    await ask('a');
    now += 9;
    await ask('a');
    expect(runs()).toBe(1);
    now += 1;
    await ask('a');
    expect(runs()).toBe(2);
  });

  it('is separate by key', async () => {
    const { ask, runs } = counted(10);
    await Promise.all([ask('a'), ask('b')]);
    expect(runs()).toBe(2);
  });

  it('forgets a failure at once, unless told to keep it', async () => {
    const results: SingleFlights<number> = new Map();
    let runs = 0;
    const run = () => Promise.reject(new Error(`failure ${(runs += 1)}`));
    const forgetful = { clock, run, timeoutSeconds: 4, keepSeconds: () => 10 };
    await expect(singleFlight(results, 'a', forgetful)).rejects.toThrow('failure 1');
    await expect(singleFlight(results, 'a', { ...forgetful, keepFailureSeconds: () => 5 })).rejects.toThrow(
      'failure 2',
    );
    await expect(singleFlight(results, 'a', forgetful)).rejects.toThrow('failure 2');
  });

  it.each([
    ['a result', () => Promise.resolve('done')],
    ['a failure', () => Promise.reject(new Error('failed'))],
  ])('F-06 forgets %s when the clock jumps back', async (_what, settle) => {
    const results: SingleFlights<string> = new Map();
    let runs = 0;
    const run = () => ((runs += 1), settle());
    const keep = { keepSeconds: () => 3, keepFailureSeconds: () => 3 };
    const ask = () => singleFlight(results, 'a', { clock, run, timeoutSeconds: 4, ...keep });
    await Promise.allSettled([ask(), ask()]);
    now -= 3600;
    await Promise.allSettled([ask(), ask()]);
    expect(runs).toBe(2);
    now += 2;
    await Promise.allSettled([ask()]);
    expect(runs).toBe(2);
  });

  it('F-06 runs once although the clock jumps back meanwhile', async () => {
    const { ask, runs } = counted(10);
    const first = ask('a');
    now -= 3600;
    await Promise.all([first, ask('a')]);
    expect(runs()).toBe(1);
  });

  it('is begun again when a run exceeds its timeout, because a runtime may have dropped it', async () => {
    const results: SingleFlights<string> = new Map();
    let runs = 0;
    const run = () => ((runs += 1) === 1 ? new Promise<never>(() => undefined) : Promise.resolve('done'));
    const ask = () => singleFlight(results, 'a', { clock, run, timeoutSeconds: 4, keepSeconds: () => 10 });
    void ask();
    now += 4;
    void ask();
    expect(runs).toBe(1);
    now += 1;
    expect(await ask()).toBe('done');
    expect(runs).toBe(2);
  });

  it('F-14 holds a bounded number of results', async () => {
    const { results, ask } = counted(1000);
    for (let index = 0; index < 10_500; index += 1) await ask(String(index));
    expect(results.size).toBeLessThanOrEqual(10_000);
  });
});
