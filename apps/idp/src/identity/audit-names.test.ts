import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore, type Store } from '../store/index.ts';
import { openAuditNames } from './audit-names.ts';

describe('what the audit calls an account', () => {
  let store: Store;
  beforeAll(async () => {
    store = await openStore('file::memory:');
  });
  afterAll(() => store.close());

  it('is the same for every node and spelling, and another for every account', async () => {
    const [one, other] = await Promise.all([openAuditNames(store), openAuditNames(store)]);
    expect(one('ada')).toBe(other('ADA '));
    expect(one('ada')).not.toBe(one('ben'));
    expect(one('ada')).toMatch(/^[\w-]{22}$/);
  });

  it('is another at another provider, so that nobody finds it by trying words', async () => {
    const elsewhere = await openStore('file::memory:');
    expect((await openAuditNames(store))('ada')).not.toBe((await openAuditNames(elsewhere))('ada'));
    await elsewhere.close();
  });
});
