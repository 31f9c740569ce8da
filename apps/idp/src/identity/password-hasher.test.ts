import { describe, expect, it } from 'vitest';
import { BusyError, createPasswordHasher } from './password-hasher.ts';

describe('passwords', () => {
  const passwords = createPasswordHasher();

  it('U-06 G13 are hashed with argon2id, 19 MiB, two passes, one lane', async () => {
    const hash = await passwords.hash('correct horse battery staple');
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(passwords.isOutdated(hash)).toBe(false);
    expect(passwords.isOutdated(hash.replace('m=19456', 'm=4096'))).toBe(true);
  });

  it.each(['x'.repeat(64), 'x'.repeat(1024), ' leading space', 'nul\0in it', '🔭🌌 stars', 'ünïcödé'])(
    'U-05 count whole: %j',
    async (password) => {
      const hash = await passwords.hash(password);
      expect(await passwords.verifyAny([hash], password)).toBe(true);
      expect(await passwords.verifyAny([hash], password.slice(0, -1))).toBe(false);
      expect(await passwords.verifyAny([hash], `${password} `)).toBe(false);
    },
  );

  it('U-09 are one in composed and decomposed letters, with one kind of space or another', async () => {
    const hash = await passwords.hash('cafe\u0301 noir');
    expect(await passwords.verifyAny([hash], 'caf\u00e9\u00a0noir')).toBe(true);
    expect(await passwords.verifyAny([hash], 'cafe noir')).toBe(false);
  });

  it('are refused unread beyond 1024 bytes', async () => {
    const hash = await passwords.hash('x'.repeat(1025));
    expect(await passwords.verifyAny([hash], 'x'.repeat(1025))).toBe(false);
  });

  it.each(['', 'no hash', '$argon2id$broken'])('never match a hash like %j', async (hash) => {
    expect(await passwords.verifyAny([hash], '')).toBe(false);
  });

  it('are right where one of several hashes is theirs, wherever it stands among them', async () => {
    const own = await passwords.hash('right words');
    const [other, broken] = [await passwords.hash('other words'), '$argon2id$broken'];
    expect(await passwords.verifyAny([broken, other, own], 'right words')).toBe(true);
    expect(await passwords.verifyAny([own, other, broken], 'right words')).toBe(true);
    expect(await passwords.verifyAny([broken, other], 'right words')).toBe(false);
    expect(await passwords.verifyAny([], 'right words')).toBe(false);
  });

  it('U-07 are refused beyond the queue’s bound, and served again afterwards', async () => {
    const small = createPasswordHasher({ concurrency: 1, maxWaiting: 2 });
    const tries = await Promise.allSettled(Array.from({ length: 5 }, () => small.hash('x')));
    const refused = tries.filter((one) => one.status === 'rejected');
    expect(refused).toHaveLength(2);
    expect(refused[0]?.reason).toBeInstanceOf(BusyError);
    expect(await small.hash('x')).toContain('$argon2id$');
  });
});
