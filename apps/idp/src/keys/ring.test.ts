import { signAccessToken, verifyAccessToken } from '@sso/auth/tokens';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore, type Store } from '../store/index.ts';
import { ALGORITHMS, type KeyRing, openKeyRing } from './ring.ts';

const ISSUER = 'https://id.example';

describe('the key ring', () => {
  let store: Store;
  let ring: KeyRing;
  let now = 1_000_000;
  const open = () => openKeyRing({ store, clock: () => now, publishSeconds: 660 });
  beforeAll(async () => {
    store = await openStore('file::memory:');
    ring = await open();
  });
  afterAll(() => store.close());

  const kids = (one: KeyRing = ring): string[] =>
    JSON.parse(one.jwks().body).keys.map(({ kid }: { kid: string }) => kid);
  const sign = () =>
    signAccessToken(
      { iss: ISSUER, sub: 'ada', aud: ISSUER, exp: now + 600, iat: now, jti: '1', client_id: 'shop' },
      ring.signingKey('ES256'),
    );
  const verify = (token: string, one: KeyRing = ring) =>
    verifyAccessToken(token, {
      issuer: ISSUER,
      audience: ISSUER,
      algorithms: ['ES256'],
      keys: one.verificationKeys,
      clock: () => now,
    });

  it('publishes a current and a next key of every algorithm, and nothing private', () => {
    expect(kids()).toHaveLength(2 * ALGORITHMS.length);
    for (const key of JSON.parse(ring.jwks().body).keys) {
      expect(
        Object.keys(key).filter((member) => ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k'].includes(member)),
      ).toEqual([]);
      expect(key).toMatchObject({ use: 'sig', kid: expect.any(String), alg: expect.any(String) });
    }
  });

  it('is the same for every node on one database', async () => {
    const [one, two] = await Promise.all([open(), open()]);
    expect(kids(one)).toEqual(kids(two));
    expect(one.signingKey('RS256').kid).toBe(two.signingKey('RS256').kid);
  });

  it('G12 signs after a rotation with a key that was published before it', async () => {
    const before = kids();
    const [old, token] = [ring.signingKey('ES256').kid, await sign()];
    expect(await ring.rotate('ES256')).toBe(true);
    expect(ring.signingKey('ES256').kid).not.toBe(old);
    expect(before).toContain(ring.signingKey('ES256').kid);
    expect(kids()).toContain(old);
    await expect(verify(token)).resolves.toMatchObject({ sub: 'ada' });
  });

  it('G12 a node that has not heard of a rotation goes on, and verifies what others sign', async () => {
    const deaf = await open();
    await ring.rotate('ES256');
    await expect(verify(await sign(), deaf)).resolves.toMatchObject({ sub: 'ada' });
    await deaf.reload();
    expect(deaf.signingKey('ES256').kid).toBe(ring.signingKey('ES256').kid);
  });

  it('stops publishing a retired key once its last token has expired', async () => {
    const old = ring.signingKey('ES256').kid;
    await ring.rotate('ES256');
    now += 659;
    await ring.reload();
    expect(kids()).toContain(old);
    now += 1;
    await ring.reload();
    expect(kids()).not.toContain(old);
  });

  it('renders a new ETag with every change', async () => {
    const { etag } = ring.jwks();
    await ring.reload();
    expect(ring.jwks().etag).toBe(etag);
    await ring.rotate('EdDSA');
    expect(ring.jwks().etag).not.toBe(etag);
  });
});
