import { createTestClock, revocationContract, spentContract } from '@sso/auth/testing';
import { describe, expect, it } from 'vitest';
import { openDatabase } from './database.ts';
import { createStores } from './stores.ts';

const database = await openDatabase(':memory:');
const clock = createTestClock();
const { revocations, spent, refreshes } = createStores(async () => database, clock);

describe('ended sessions in the blog’s database', () => {
  it.each(revocationContract)('%s', async (_what, prove) =>
    expect(prove(revocations, clock)).resolves.toBeUndefined(),
  );

  it('F-14 leave no row behind', async () => {
    const row = { issuer: 'https://id.example', at: clock() };
    await revocations.revoke({ ...row, sid: 'old', until: clock() + 1 });
    clock.advance(1);
    await revocations.revoke({ ...row, sid: 'new', until: clock() + 1 });
    const rows = await database.selectFrom('revocations').select('subject').execute();
    expect(rows.map(({ subject }) => subject)).not.toContain('old');
  });
});

describe('used answers in the blog’s database', () => {
  it.each(spentContract)('%s', async (_what, prove) => expect(prove(spent, clock)).resolves.toBeUndefined());

  it('F-14 leave no row behind', async () => {
    await spent.spendOnce('old', clock() + 1);
    clock.advance(1);
    await spent.spendOnce('new', clock() + 1);
    const rows = await database.selectFrom('spent').select('key').execute();
    expect(rows.map(({ key }) => key)).not.toContain('old');
  });
});

describe('settled refreshes in the blog’s database', () => {
  it('K-03 are found by whichever process looks, and F-14 leave no row behind', async () => {
    await refreshes.save('old', 'ended', 1);
    expect(await refreshes.find('old')).toBe('ended');
    clock.advance(1);
    expect(await refreshes.find('old')).toBeUndefined();
    await refreshes.save('new', 'ended', 1);
    const rows = await database.selectFrom('sealed').select('id').execute();
    expect(rows).toEqual([{ id: 'new' }]);
  });
});
