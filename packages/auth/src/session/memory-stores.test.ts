import { describe, expect, it } from 'vitest';
import { createMemoryRevocations } from './index.ts';

const issuer = 'https://id.example';
const session = { issuer, sid: 's1', sub: 'ada', issuedAt: 100 };
const row = { issuer, at: 100, until: 1000 };

describe('a revocation', () => {
  it.each([
    ['by sid ends that session', { ...row, sid: 's1' }, true],
    ['B-03 by sub ends all of the person', { ...row, sub: 'ada' }, true],
    ['B-03 by sid and sub ends that session only', { ...row, sid: 's2', sub: 'ada' }, false],
    ['of another sid ends nothing', { ...row, sid: 's2' }, false],
    ['of another person ends nothing', { ...row, sub: 'ben' }, false],
    ['P-11 of another issuer ends nothing', { ...row, issuer: 'https://other.example', sid: 's1' }, false],
    ['of a sid that looks like a sub ends nothing', { ...row, sid: 'ada' }, false],
    ['B-07 in the second of the login ends it', { ...row, at: 100, sid: 's1' }, true],
    ['before a new login leaves that one alone', { ...row, at: 99, sid: 's1' }, false],
    ['that has run out ends nothing', { ...row, until: 150, sid: 's1' }, false],
  ])('%s', async (_what, revocation, ended) => {
    const revocations = createMemoryRevocations(() => 200);
    await revocations.revoke(revocation);
    expect(await revocations.isRevoked(session)).toBe(ended);
  });

  it('is not undone by an older one that arrives later', async () => {
    const revocations = createMemoryRevocations(() => 200);
    await revocations.revoke({ ...row, at: 150, sid: 's1' });
    await revocations.revoke({ ...row, at: 50, until: 300, sid: 's1' });
    expect(await revocations.isRevoked(session)).toBe(true);
  });
});
