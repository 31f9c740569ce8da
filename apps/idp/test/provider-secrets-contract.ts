import { beforeAll, expect, it } from 'vitest';
import type { Store } from '../src/store/index.ts';
import { unique } from './store-samples.ts';

/** What every engine must do with what the provider makes for itself once. */
export function describeProviderSecrets(open: () => Promise<Store>): void {
  let store: Store;
  beforeAll(async () => {
    store = await open();
  });

  it('of 10 secrets that are brought at once for one name one is kept, and that is what all get', async () => {
    const name = unique('name');
    const kept = await Promise.all(
      Array.from({ length: 10 }, (_, index) => store.findOrAddSecret(name, `made-${index}`)),
    );
    expect(new Set(kept).size).toBe(1);
    expect(await store.findOrAddSecret(name, 'late')).toBe(kept[0]);
    expect(await store.findOrAddSecret(unique('other'), 'another')).toBe('another');
  });
}
