import { describe, expect, it } from 'vitest';
import { interactionOf, NOW } from '../../test/store-samples.ts';
import { openStore, SWEPT_AT_ONCE } from '../store/index.ts';
import { sweepAll } from './background-tasks.ts';

describe('sweeping', () => {
  it('F-14 goes on in batches until nothing is left, and lets other work in between', async () => {
    const store = await openStore('file::memory:');
    for (let count = 0; count < 2 * SWEPT_AT_ONCE + 1; count += 1)
      await store.addInteraction(interactionOf());
    const events: string[] = [];
    const observed = {
      ...store,
      async sweep(now: number) {
        const swept = await store.sweep(now);
        events.push(`${swept} rows`);
        // What the event loop does next, if it gets the chance.
        setImmediate(() => events.push('other work'));
        return swept;
      },
    };
    await sweepAll({ store: observed, clock: () => NOW + 60 });
    const batch = `${SWEPT_AT_ONCE} rows`;
    expect(events).toEqual([batch, 'other work', batch, 'other work', '1 rows']);
    await store.close();
  });

  it('stops after the batch under way when the provider ends', async () => {
    const store = await openStore('file::memory:');
    for (let count = 0; count < 2 * SWEPT_AT_ONCE; count += 1) await store.addInteraction(interactionOf());
    const end = new AbortController();
    const sweeping = sweepAll({ store, clock: () => NOW + 60 }, end.signal);
    end.abort();
    await sweeping;
    expect(await store.sweep(NOW + 60)).toBe(SWEPT_AT_ONCE);
    await store.close();
  });
});
