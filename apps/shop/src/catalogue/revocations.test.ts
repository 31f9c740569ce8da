import { describe, expect, it } from 'vitest';
import { openDatabase } from './database.ts';
import { createRevocations } from './revocations.ts';

const database = await openDatabase(':memory:');
const revocations = createRevocations(async () => database);
const now = Math.floor(Date.now() / 1000);
const issuer = 'https://issuer.example';
const session = { issuer, sid: 'sid-1', sub: 'ada', issuedAt: now - 60 };

describe('ended sessions', () => {
  it('end by the session of the provider, and only that one', async () => {
    await revocations.revoke({ issuer, sid: 'sid-1', at: now, until: now + 600 });
    await expect(revocations.isRevoked(session)).resolves.toBe(true);
    await expect(revocations.isRevoked({ ...session, sid: 'sid-2' })).resolves.toBe(false);
    await expect(revocations.isRevoked({ ...session, issuer: 'https://other.example' })).resolves.toBe(false);
  });

  it('end by the person, but not those that were opened later', async () => {
    await revocations.revoke({ issuer, sub: 'ben', at: now, until: now + 600 });
    const bens = { issuer, sid: 'sid-3', sub: 'ben' };
    await expect(revocations.isRevoked({ ...bens, issuedAt: now })).resolves.toBe(true);
    await expect(revocations.isRevoked({ ...bens, issuedAt: now + 1 })).resolves.toBe(false);
  });

  it('keep the later word when the same session ends twice', async () => {
    await revocations.revoke({ issuer, sid: 'sid-4', at: now, until: now + 600 });
    await revocations.revoke({ issuer, sid: 'sid-4', at: now - 500, until: now + 100 });
    await expect(revocations.isRevoked({ ...session, sid: 'sid-4', issuedAt: now })).resolves.toBe(true);
  });

  it('are forgotten once no session of that age can be alive', async () => {
    await revocations.revoke({ issuer, sid: 'sid-5', at: now - 100, until: now - 1 });
    await expect(revocations.isRevoked({ ...session, sid: 'sid-5' })).resolves.toBe(false);
    await revocations.revoke({ issuer, sid: 'sid-6', at: now, until: now + 600 });
    const rows = await database.selectFrom('revocations').select('subject').execute();
    expect(rows.map(({ subject }) => subject)).not.toContain('sid-5');
  });
});
