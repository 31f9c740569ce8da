import { describe, expect, it } from 'vitest';
import {
  createTestClock,
  revocationContract,
  sessionStoreContract,
  spentContract,
} from '../../testing/index.ts';
import { createMemoryRevocations, createMemorySessionStore, createMemorySingleUse } from '../index.ts';

const clock = createTestClock();
const [revocations, spent] = [createMemoryRevocations(clock), createMemorySingleUse(clock)];

describe('revocations in memory', () => {
  it.each(revocationContract)('%s', async (_what, prove) =>
    expect(prove(revocations, clock)).resolves.toBeUndefined(),
  );
});

describe('what was spent in memory', () => {
  it.each(spentContract)('%s', async (_what, prove) => expect(prove(spent, clock)).resolves.toBeUndefined());
});

describe('sessions in memory', () => {
  it.each(sessionStoreContract)('%s', async (_what, prove) =>
    expect(prove(createMemorySessionStore(clock), clock)).resolves.toBeUndefined(),
  );
});
